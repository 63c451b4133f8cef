import Synchronization
import Testing

@testable import BalanceAPI

@Suite("Date header")
struct DateHeaderTests {
  @Test(
    "the date has HTTP's format",
    arguments: [
      (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
      (951_827_696, "Tue, 29 Feb 2000 12:34:56 GMT"),
      (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 GMT"),
    ])
  func dateHasTheFormatOfHTTP(second: Int, text: String) {
    #expect(DateHeader.text(second) == text)
  }

  @Test("the date follows the clock, forwards and backwards")
  func dateFollowsTheClock() {
    let now = Mutex(0.0)
    let dates = DateHeader(now: { now.withLock { $0 } })
    let texts = [0.0, 0.999, 1, 60, 0.5, -7].map { moment in
      now.withLock { $0 = moment }
      return dates.text
    }
    #expect(
      texts.map { $0.dropFirst(17).prefix(8) } == [
        "00:00:00", "00:00:00", "00:00:01", "00:01:00", "00:00:00", "00:00:00",
      ])
  }
}
