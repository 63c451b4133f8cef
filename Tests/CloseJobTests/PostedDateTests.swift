import CloseJob
import JobConfiguration
import LedgerDomain
import Testing

@Suite("An entry posted near midnight")
struct PostedDateTests {
  /// Where a time zone's 5 January begins and ends, as instants in several spellings.
  struct Midnight: Sendable, CustomStringConvertible {
    let zone: String
    let inside: [String]
    let outside: [String]

    var description: String { zone }
  }

  static let midnights = [
    Midnight(
      zone: "UTC",
      inside: [
        "2026-01-05T00:00:00Z", "2026-01-05T23:59:59.999999999Z", "2026-01-06T01:59:59+02:00",
        "2026-01-04T16:30:00-07:30",
      ],
      outside: [
        "2026-01-04T23:59:59.999Z", "2026-01-06T00:00:00Z", "2026-01-05T01:59:59+02:00",
        "2026-01-05T16:30:00-07:30",
      ]),
    Midnight(
      zone: "America/Sao_Paulo",
      inside: [
        "2026-01-05T03:00:00Z", "2026-01-06T02:59:59.999Z", "2026-01-05T00:00:00-03:00",
        "2026-01-05T23:59:59-03:00",
      ],
      outside: [
        "2026-01-05T02:59:59.999Z", "2026-01-06T03:00:00Z", "2026-01-06T00:00:00-03:00",
        "2026-01-04T23:59:59-03:00",
      ]),
    Midnight(
      zone: "Pacific/Apia",
      inside: ["2026-01-04T11:00:00Z", "2026-01-05T10:59:59Z", "2026-01-05T00:00:00+13:00"],
      outside: ["2026-01-04T10:59:59Z", "2026-01-05T11:00:00Z", "2026-01-06T00:00:00+13:00"]),
  ]

  @Test(
    "an entry belongs to the date of its instant in the ledger's time zone", arguments: midnights)
  func entryBelongsToItsDateInTheLedgersZone(midnight: Midnight) throws {
    let ledger = try LedgerTree()
    ledger.settings.timeZone = midnight.zone
    let text = (midnight.inside + midnight.outside)
      .map { "2026-01-05 posted \($0) | 1000 DR 1 | 3000 CR 1" }.joined(separator: "\n")
    try ledger.export("2026-01-05", text)
    try ledger.close(through: "2026-01-05")
    let found = try ledger.books.rows("SELECT code, record FROM finding ORDER BY record")
    let first = midnight.inside.count + 1
    #expect(
      found == midnight.outside.indices.map { "posted_outside_date \(first + $0)" })
  }

  @Test("the effective date is not shifted by a time zone")
  func effectiveDateIsNotShifted() throws {
    let ledger = try LedgerTree()
    ledger.settings.timeZone = "America/Sao_Paulo"
    try ledger.export(
      "2026-01-05", "2026-01-05 posted 2026-01-06T02:00:00Z | 1000 DR 5 | 3000 CR 5")
    try ledger.close(through: "2026-01-05")
    #expect(
      try ledger.books.rows("SELECT DISTINCT effective_date FROM movement") == ["2026-01-05"])
    #expect(try ledger.books.findings() == "")
  }

  @Test(
    "the last date is yesterday in the ledger's time zone",
    arguments: [
      ("UTC", "2026-01-05"), ("America/Sao_Paulo", "2026-01-04"), ("Pacific/Apia", "2026-01-05"),
    ])
  func yesterdayIsTheLastDate(zone: String, last: String) throws {
    let ledger = try LedgerTree()
    ledger.settings.timeZone = zone
    for day in 4...7 { try ledger.exportEmptyDate("2026-01-0\(day)") }
    // 6 January 2026, 02:30 UTC: still the 5th in São Paulo.
    ledger.now = 1_767_666_600
    let result = try ledger.run()
    #expect(result.exitCode == 0)
    #expect(try ledger.books.rows("SELECT max(business_date) FROM close_run") == [last])
  }
}
