import CloseJob
import JobConfiguration
import LedgerDomain
import Testing

@Suite("Nightly closes across changes of the clock")
struct NightlyClockTests {
  /// Weeks around a change, for a job that is started at one hour of the zone's clock.
  struct Season: Sendable, CustomStringConvertible {
    let zone: String
    let first: String
    let nights: Int
    /// Minutes after midnight; a time that is left out is the first after it.
    let minute: Int64

    var description: String { "\(zone) from \(first) at minute \(minute)" }
  }

  static let seasons = [
    ("Europe/Berlin", "2026-03-26"), ("Europe/Berlin", "2025-10-23"),
    ("America/Sao_Paulo", "2018-11-01"), ("America/Sao_Paulo", "2019-02-13"),
    ("America/Santiago", "2025-09-04"), ("Africa/Cairo", "2025-04-22"),
  ].flatMap { zone, first in
    // Just after midnight, in the hour that is left out or comes twice, and later.
    [1, 30, 150, 300].map { Season(zone: zone, first: first, nights: 7, minute: $0) }
  }

  @Test("each date is closed once, in the night after it", arguments: seasons)
  func eachDateIsClosedOnce(season: Season) throws {
    let ledger = try LedgerTree()
    let first = try #require(BusinessDate(season.first))
    let calendar = try #require(LedgerCalendar(timeZone: season.zone))
    ledger.settings.timeZone = season.zone
    for offset in 0..<season.nights { try ledger.exportEmptyDate("\(first.advanced(by: offset))") }
    for night in 1...season.nights {
      // The night after the first date is that of the second.
      let date = first.advanced(by: night)
      ledger.now = calendar.seconds(of: date).lowerBound + season.minute * 60
      let result = try ledger.run()
      #expect(result.exitCode == 0)
      let closed = result.tenants.flatMap(\.dates).map(\.header.businessDate)
      #expect(closed == [date.advanced(by: -1)], "night \(night)")
    }
    let expected = (0..<season.nights).map { "\(first.advanced(by: $0))" }
    #expect(
      try ledger.books.rows("SELECT business_date FROM close_run ORDER BY close_id") == expected)
  }

  @Test(
    "a second before midnight the date is not closed", arguments: seasons.filter { $0.minute == 1 })
  func dateIsNotClosedBeforeMidnight(season: Season) throws {
    let ledger = try LedgerTree()
    let first = try #require(BusinessDate(season.first))
    let calendar = try #require(LedgerCalendar(timeZone: season.zone))
    ledger.settings.timeZone = season.zone
    for offset in 0..<season.nights { try ledger.exportEmptyDate("\(first.advanced(by: offset))") }
    for night in 2...season.nights {
      ledger.now = calendar.seconds(of: first.advanced(by: night)).lowerBound - 1
      let result = try ledger.run()
      let closed = result.tenants.flatMap(\.dates).map(\.header.businessDate)
      #expect(closed == [first.advanced(by: night - 2)], "night \(night)")
    }
  }
}
