import LedgerDomain
import Reconciliation
import Testing

@Suite("The tie-out on late input")
struct LateInputCheckTests {
  private let first = BusinessDate("2026-01-05")!
  private let last = BusinessDate("2026-01-07")!

  private func window(_ count: Int) -> LateInputCheck.Window? {
    LateInputCheck.Window(firstDate: first, closedThrough: last, count: count)
  }

  private func late(partsNow: Int) -> LateDate {
    LateDate(
      date: first, closeID: CloseID(1), partsClosed: 1, partsNow: partsNow,
      differences: "a is new")
  }

  @Test("the window ends with the last closed date and never begins before the first")
  func bounds() {
    #expect(window(1)?.first == last && window(1)?.count == 1)
    #expect(window(3)?.first == first && window(3)?.count == 3)
    #expect(window(36_600)?.first == first)
    #expect(window(0) == nil)
    #expect(window(2)?.contains(first) == false && window(3)?.contains(first) == true)
  }

  @Test("without a window, or switched off, the check is inconclusive")
  func inconclusive() {
    for (isOn, window, archived) in [(false, window(3), 0), (true, nil, 0), (true, window(3), 3)] {
      let tieOuts = LateInputCheck.tieOuts(
        isOn: isOn, window: window, late: [], archived: archived)
      #expect(tieOuts.map(\.status) == [.inconclusive])
    }
  }

  @Test("a late date fails even if it has as many parts as before")
  func equalCounts() {
    let tieOuts = LateInputCheck.tieOuts(
      isOn: true, window: window(3), late: [late(partsNow: 1), late(partsNow: 0)], archived: 0)
    #expect(tieOuts.map(\.status) == [.fail, .fail])
    #expect(tieOuts.map(\.differenceMinor) == [0, -1])
    #expect(tieOuts[0].scope == "2026-01-05")
    #expect(
      tieOuts[0].detail
        == "The export changed after close 1, which read 1 part: a is new. Find out why, then run "
        + "tieout backfill --from 2026-01-05 --to 2026-01-05 --reclose.")
  }

  @Test("otherwise one row passes, which says how many dates were compared")
  func pass() {
    let tieOuts = LateInputCheck.tieOuts(isOn: true, window: window(3), late: [], archived: 1)
    #expect(tieOuts.map(\.status) == [.pass])
    #expect(tieOuts[0].expectedMinor == 2 && tieOuts[0].actualMinor == 2)
    #expect(tieOuts[0].detail.contains("2 closed dates are unchanged. 1 of the dates"))
  }
}
