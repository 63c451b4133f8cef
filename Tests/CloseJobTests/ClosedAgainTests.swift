import CloseJob
import DemoLedger
import Foundation
import JobConfiguration
import LedgerDomain
import Testing

@Suite("Closing a closed date again")
struct ClosedAgainTests {
  private func closedLedger() throws -> LedgerTree {
    let ledger = try LedgerTree()
    try ledger.export("2026-01-05", "#1 2026-01-05 | 1000 DR 500 | 3000 CR 500\n= not json")
    try ledger.export("2026-01-06", "#2 2026-01-05 | 1000 DR 1 | 3000 CR 1")
    try ledger.close(through: "2026-01-06")
    return ledger
  }

  @Test(
    "an unchanged date is not closed again, and a note says so",
    arguments: ["2026-01-05", "2026-01-06"])
  func closingTwiceChangesNothing(date: String) throws {
    let ledger = try closedLedger()
    let before = try ledger.books.dump()
    ledger.now += 86_400
    let result = try ledger.close(through: date)
    #expect(try ledger.books.dump() == before)
    #expect(result.notes.contains("\(date) is already closed with the same input"))
    // The outcome is that of the close that stands: the quarantined record of 5 January is open.
    #expect(result.exitCode == 1)
  }

  @Test("a date whose export was archived stays closed, and a note says so")
  func archivedExportKeepsTheClose() throws {
    let ledger = try closedLedger()
    let before = try ledger.books.dump()
    let exports = try #require(ledger.settings.exports)
    let tenants = try FileManager.default.contentsOfDirectory(atPath: exports)
    for tenant in tenants {
      try FileManager.default.removeItem(atPath: "\(exports)/\(tenant)/date=2026-01-06")
    }
    let result = try ledger.close(through: "2026-01-06")
    #expect(result.exitCode == 1)
    #expect(result.notes.contains("Its export is gone"))
    #expect(try ledger.books.dump() == before)
  }

  @Test("recompressed parts with the same records are unchanged input")
  func recompressedPartsAreUnchangedInput() throws {
    let ledger = try LedgerTree()
    var options = DemoOptions()
    (options.tenants, options.dates, options.entriesPerDate) = (1, 2, 60)
    for level in [1, 9] {
      options.compressionLevel = level
      _ = try DemoLedger(options).write(to: "\(ledger.directory)/level-\(level)")
    }
    ledger.settings.exports = "\(ledger.directory)/level-1/exports"
    ledger.settings.chart = "\(ledger.directory)/level-1/chart.csv"
    try ledger.close(through: "2026-01-02")
    let before = try ledger.books.dump()
    ledger.settings.exports = "\(ledger.directory)/level-9/exports"
    let result = try ledger.close(through: "2026-01-02")
    #expect(result.exitCode == 1)
    #expect(result.notes.contains("part-00000.ndjson.gz"))
    #expect(result.notes.contains("contain the same records"))
    #expect(try ledger.books.dump() == before)
  }

  @Test("changed records are refused", arguments: ["2026-01-05", "2026-01-06"])
  func changedRecordsAreRefused(date: String) throws {
    let ledger = try closedLedger()
    let before = try ledger.books.dump()
    try ledger.export(date, "#1 2026-01-05 | 1000 DR 501 | 3000 CR 501\n= not json")
    let result = try ledger.close(through: date)
    #expect(result.exitCode == 2)
    #expect(result.failure.contains("other_input"))
    #expect(result.failure.contains("part-00000.ndjson"))
    #expect(try ledger.books.dump() == before)
  }

  @Test(
    "changed quarantined records are refused",
    arguments: ["= not JSON", "= not json\n= not json", ""])
  func changedQuarantinedRecordsAreRefused(quarantined: String) throws {
    let ledger = try closedLedger()
    try ledger.export("2026-01-05", "#1 2026-01-05 | 1000 DR 500 | 3000 CR 500\n" + quarantined)
    let result = try ledger.close(through: "2026-01-05")
    #expect(result.exitCode == 2)
    #expect(result.failure.contains("other_input"))
  }

  @Test("a late part is refused by name")
  func latePartIsRefused() throws {
    let ledger = try closedLedger()
    try ledger.export(
      "2026-01-06", part: "part-00001.ndjson", "2026-01-06 | 1000 DR 9 | 3000 CR 9")
    let result = try ledger.close(through: "2026-01-06")
    #expect(result.exitCode == 2)
    #expect(result.failure.contains("part-00001.ndjson"))
    #expect(!result.failure.contains("part-00000.ndjson"))
  }

  @Test("no date is closed on altered balances")
  func alteredBooksAreRefused() throws {
    let ledger = try closedLedger()
    try ledger.books.execute(
      "UPDATE stored_snapshot SET cr_balance_minor = 502 WHERE as_of_date = '2026-01-06' "
        + "AND account_code = '3000'")
    try ledger.exportEmptyDate("2026-01-07")
    let result = try ledger.close(through: "2026-01-07")
    #expect(result.exitCode == 2)
    #expect(result.failure.contains("altered_store"))
    #expect(try ledger.books.rows("SELECT max(business_date) FROM close_run") == ["2026-01-06"])
  }
}
