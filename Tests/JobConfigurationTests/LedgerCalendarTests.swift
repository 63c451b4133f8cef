import JobConfiguration
import LedgerDomain
import Testing

@Suite("The ledger's calendar")
struct LedgerCalendarTests {
  /// A date of a zone, its number of hours and the UTC hour at which it starts.
  struct Day: Sendable, CustomStringConvertible {
    let zone: String
    let date: String
    let hours: Int64
    let start: String

    var description: String { "\(zone) \(date)" }
  }

  static let days = [
    Day(zone: "UTC", date: "2026-03-29", hours: 24, start: "2026-03-29 00"),
    Day(zone: "Europe/Berlin", date: "2026-03-28", hours: 24, start: "2026-03-27 23"),
    Day(zone: "Europe/Berlin", date: "2026-03-29", hours: 23, start: "2026-03-28 23"),
    Day(zone: "Europe/Berlin", date: "2026-03-30", hours: 24, start: "2026-03-29 22"),
    Day(zone: "Europe/Berlin", date: "2026-10-25", hours: 25, start: "2026-10-24 22"),
    // The clock skipped midnight: the date started at one o'clock.
    Day(zone: "America/Sao_Paulo", date: "2018-11-04", hours: 23, start: "2018-11-04 03"),
    // At midnight the clock went back to eleven: the previous date repeated an hour.
    Day(zone: "America/Sao_Paulo", date: "2019-02-16", hours: 25, start: "2019-02-16 02"),
    Day(zone: "America/Sao_Paulo", date: "2026-01-05", hours: 24, start: "2026-01-05 03"),
    // Samoa crossed the date line and skipped 30 December.
    Day(zone: "Pacific/Apia", date: "2011-12-29", hours: 24, start: "2011-12-29 10"),
    Day(zone: "Pacific/Apia", date: "2011-12-30", hours: 0, start: "2011-12-30 10"),
    Day(zone: "Pacific/Apia", date: "2011-12-31", hours: 24, start: "2011-12-30 10"),
  ]

  @Test("knows how many hours a date has and when it starts", arguments: days)
  func dateHasItsHours(day: Day) throws {
    let calendar = try #require(LedgerCalendar(timeZone: day.zone))
    let date = try #require(BusinessDate(day.date))
    let seconds = calendar.seconds(of: date)
    #expect(seconds.upperBound - seconds.lowerBound == day.hours * 3600)
    #expect(try seconds.lowerBound == Self.second(day.start))
  }

  @Test(
    "has neither gaps nor overlaps between dates",
    arguments: [
      ("UTC", "2026-01-01"), ("Europe/Berlin", "2026-01-01"), ("America/Sao_Paulo", "2018-06-01"),
      ("Pacific/Apia", "2011-06-01"), ("Asia/Kathmandu", "1985-06-01"),
    ])
  func datesAreContiguous(zone: String, first: String) throws {
    let calendar = try #require(LedgerCalendar(timeZone: zone))
    var date = try #require(BusinessDate(first))
    var end = calendar.seconds(of: date).lowerBound
    for _ in 0..<400 {
      let seconds = calendar.seconds(of: date)
      #expect(seconds.lowerBound == end, "\(zone) \(date)")
      if !seconds.isEmpty {
        #expect(calendar.date(at: seconds.lowerBound) == date)
        #expect(calendar.date(at: seconds.upperBound - 1) == date)
      }
      end = seconds.upperBound
      date = date.advanced(by: 1)
    }
  }

  @Test("tells the last date on which another calendar differs")
  func lastDifference() throws {
    func last(_ one: String, _ other: String, _ first: String, _ last: String) throws -> String? {
      let dates = try #require(BusinessDate(first))...(try #require(BusinessDate(last)))
      let calendars = try (
        #require(LedgerCalendar(timeZone: one)), #require(LedgerCalendar(timeZone: other))
      )
      let found = calendars.0.lastDifference(from: calendars.1, in: dates)
      #expect(calendars.1.lastDifference(from: calendars.0, in: dates) == found)
      return found?.description
    }
    #expect(try last("UTC", "Etc/UTC", "2000-01-01", "2031-12-31") == nil)
    #expect(try last("US/Eastern", "America/New_York", "2000-01-01", "2031-12-31") == nil)
    #expect(try last("UTC", "Europe/Berlin", "2026-01-05", "2026-01-05") == "2026-01-05")
    // London keeps Greenwich's time in winter; the clocks go back on 25 October, which has 25
    // hours.
    #expect(try last("UTC", "Europe/London", "2026-01-01", "2026-12-31") == "2026-10-25")
    #expect(try last("UTC", "Europe/London", "2026-10-26", "2026-12-31") == nil)
    #expect(try last("UTC", "Europe/London", "2026-01-01", "2026-03-28") == nil)
    #expect(try last("UTC", "Europe/London", "2026-01-01", "2026-03-29") == "2026-03-29")
  }

  @Test("rejects unknown zones", arguments: ["Mars/Base", "", "Europe/Berlin "])
  func unknownZoneIsRejected(name: String) {
    #expect(LedgerCalendar(timeZone: name) == nil)
  }

  /// Seconds since 1970 of `2026-01-05 03`, UTC.
  private static func second(_ text: String) throws -> Int64 {
    let date = try #require(BusinessDate(String(text.prefix(10))))
    let hour = try #require(Int64(text.suffix(2)))
    return Int64(date.dayNumber) * 86_400 + hour * 3600
  }
}
