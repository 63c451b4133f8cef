import Foundation
import Testing

@Suite("Where clocks are changed")
struct DaylightSavingTests {
  /// A date on which clocks are changed, with the instants of its first and last second and those
  /// beside them, in UTC.
  struct Change: Sendable, CustomStringConvertible {
    let zone: String
    /// The date before, the date itself, the date after.
    let dates: [String]
    let first: String
    let last: String
    /// The last second of the date before.
    let before: String
    /// The first second of the date after.
    let after: String

    var description: String { "\(zone) \(dates[1])" }
  }

  static let changes = [
    // Midnight does not exist: clocks go from 00:00 to 01:00.
    Change(
      zone: "America/Sao_Paulo", dates: ["2018-11-03", "2018-11-04", "2018-11-05"],
      first: "2018-11-04T03:00:00Z", last: "2018-11-05T01:59:59Z",
      before: "2018-11-04T02:59:59Z", after: "2018-11-05T02:00:00Z"),
    // The hour before midnight comes twice.
    Change(
      zone: "America/Sao_Paulo", dates: ["2019-02-15", "2019-02-16", "2019-02-17"],
      first: "2019-02-16T02:00:00Z", last: "2019-02-17T02:59:59Z",
      before: "2019-02-16T01:59:59Z", after: "2019-02-17T03:00:00Z"),
    Change(
      zone: "Europe/Berlin", dates: ["2026-03-28", "2026-03-29", "2026-03-30"],
      first: "2026-03-28T23:00:00Z", last: "2026-03-29T21:59:59Z",
      before: "2026-03-28T22:59:59Z", after: "2026-03-29T22:00:00Z"),
    Change(
      zone: "Europe/Berlin", dates: ["2025-10-25", "2025-10-26", "2025-10-27"],
      first: "2025-10-25T22:00:00Z", last: "2025-10-26T22:59:59Z",
      before: "2025-10-25T21:59:59Z", after: "2025-10-26T23:00:00Z"),
    // Midnight does not exist here either, to this day.
    Change(
      zone: "America/Santiago", dates: ["2025-09-06", "2025-09-07", "2025-09-08"],
      first: "2025-09-07T04:00:00Z", last: "2025-09-08T02:59:59Z",
      before: "2025-09-07T03:59:59Z", after: "2025-09-08T03:00:00Z"),
  ]

  private func entry(_ number: Int, on date: String, posted: String) -> String {
    TestDirectory.entry(number, on: date).replacingPosted(with: posted)
  }

  @Test("an entry belongs to the date on which it was posted, and to no other", arguments: changes)
  func entryBelongsToTheDateItWasPostedOn(change: Change) throws {
    let place = try TestDirectory()
    let dates = change.dates
    try place.export(dates[0], [entry(1, on: dates[0], posted: change.before)])
    try place.export(
      dates[1],
      [
        entry(2, on: dates[1], posted: change.first), entry(3, on: dates[1], posted: change.last),
        // A second too early and a second too late.
        entry(4, on: dates[1], posted: change.before), entry(5, on: dates[1], posted: change.after),
      ])
    try place.export(dates[2], [entry(6, on: dates[2], posted: change.after)])
    let outcome = try place.close(through: dates[2], "--time-zone", change.zone)
    #expect(outcome.exitCode == 1)
    #expect(
      try place.store().rows(
        "SELECT business_date, entries_accepted, records_quarantined FROM close_run ORDER BY close_id"
      ) == ["\(dates[0]),1,0", "\(dates[1]),2,2", "\(dates[2]),1,0"])
    #expect(
      try place.store().rows("SELECT code, record FROM finding ORDER BY record")
        == ["posted_outside_date,3", "posted_outside_date,4"])
  }
}

extension String {
  func replacingPosted(with instant: String) -> String {
    let key = "\"posted_at\":\""
    guard let start = range(of: key)?.upperBound else { return self }
    let end = self[start...].firstIndex(of: "\"") ?? endIndex
    return String(self[..<start]) + instant + String(self[end...])
  }
}
