import CloseJob
import DemoLedger
import Foundation
import JobConfiguration
import LedgerDomain
import Testing

/// Whatever order tenants, parts and records come in, the books are the same.
@Suite("The order of the input")
struct OrderOfInputTests {
  static let seeds: [UInt64] = [1, 2, 3, 5, 8, 13]

  /// Two tenants' three dates of sound entries, with a few bad records in each part.
  private func demo(seed: UInt64) throws -> LedgerTree {
    let ledger = try LedgerTree()
    var options = DemoOptions()
    options.seed = seed
    (options.tenants, options.dates, options.entriesPerDate) = (2, 3, 40)
    (options.plantsDefects, options.isCompressed, options.writesManifests) = (false, false, false)
    let summary = try DemoLedger(options).write(to: "\(ledger.directory)/demo")
    ledger.settings.exports = summary.exports
    ledger.settings.chart = summary.chart
    ledger.settings.opening = summary.opening
    var journal = JournalText()
    for tenant in summary.tenants {
      for date in ["2026-01-01", "2026-01-02", "2026-01-03"] {
        for part in ["part-00000.ndjson", "part-00001.ndjson"] {
          let path = "\(summary.exports)/tenant_id=\(tenant)/date=\(date)/\(part)"
          let sound = try String(contentsOfFile: path, encoding: .utf8)
          let bad = try journal.records(Self.badRecords, of: date)
          try Data((bad + sound).utf8).write(to: URL(fileURLWithPath: path))
        }
      }
    }
    return ledger
  }

  private static let badRecords = """
    = {"journal_entry_id":
    = [1,2]
    2026-01-01 | 9999 DR 5 | 4000 CR 5
    2026-01-01 | 1000 DR 5 | 4000 CR 6
    2026-01-01 posted 2025-01-01T00:00:00Z | 1000 DR 5 | 4000 CR 5
    2026-01-01 | 1000 DR 5 XXZ | 4000 CR 5 XXZ
    """

  /// What must not depend on the order: balances, chain, counts of findings.
  private func essence(_ ledger: LedgerTree) throws -> [String] {
    let books = ledger.books
    return try books.rows(
      """
      SELECT tenant_id, account_code, currency, layer, as_of_date, dr_balance_minor,
        cr_balance_minor
      FROM current_balance ORDER BY 1, 2, 3, 4, 5
      """)
      + books.rows(
        """
        SELECT tenant_id, business_date, status, records_read, entries_accepted,
          records_quarantined, input_digest, chain_digest
        FROM close_run ORDER BY 1, 2
        """)
      + books.rows(
        """
        SELECT tenant_id, business_date, code, count(*) FROM finding
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """)
  }

  @Test("the order of records and parts does not change the close", arguments: seeds)
  func rearrangedInputGivesTheSameClose(seed: UInt64) throws {
    let ledger = try demo(seed: seed)
    #expect(try ledger.close(through: "2026-01-03").exitCode == 1)
    let expected = try essence(ledger)
    #expect(expected.count > 300)
    for (number, rearrangement) in ExportRearrangement.allCases.enumerated() {
      try rearrangement.rearrange(ledger.settings.exports ?? "", seed: seed)
      ledger.settings.store = "\(ledger.directory)/books-\(number).sqlite"
      #expect(try ledger.close(through: "2026-01-03").exitCode == 1)
      #expect(try essence(ledger) == expected, "\(rearrangement)")
    }
  }

  @Test("rearranged records and parts are unchanged input", arguments: [21, 34])
  func rearrangedInputIsUnchangedInput(seed: UInt64) throws {
    let ledger = try demo(seed: seed)
    try ledger.close(through: "2026-01-03")
    let before = try ledger.books.dump()
    try ExportRearrangement.redistributed.rearrange(ledger.settings.exports ?? "", seed: seed)
    let result = try ledger.close(through: "2026-01-03")
    #expect(result.exitCode == 1)
    #expect(result.notes.contains("contain the same records"))
    #expect(try ledger.books.dump() == before)
  }

  @Test("the order of tenants and runs does not change the close", arguments: seeds)
  func orderOfTenantsGivesTheSameClose(seed: UInt64) throws {
    let ledger = try demo(seed: seed)
    try ledger.close(through: "2026-01-03")
    let expected = try essence(ledger)
    let tenants = try ledger.books.rows("SELECT tenant_id FROM tenant ORDER BY tenant_id")
    ledger.settings.store = "\(ledger.directory)/one-by-one.sqlite"
    for (tenant, date) in [(1, "2026-01-02"), (0, "2026-01-01"), (1, "2026-01-03")] {
      ledger.settings.tenants = [try #require(TenantID(tenants[tenant]))]
      try ledger.close(through: date)
    }
    ledger.settings.tenants = []
    try ledger.close(through: "2026-01-03")
    #expect(try essence(ledger) == expected)
  }

  @Test("every trial balance sums to zero", arguments: seeds)
  func trialBalancesSumToZero(seed: UInt64) throws {
    let ledger = try demo(seed: seed)
    try ledger.close(through: "2026-01-03")
    let sums = try ledger.books.rows(
      """
      SELECT sum(dr_balance_minor) - sum(cr_balance_minor) FROM current_balance
      GROUP BY tenant_id, currency, layer, as_of_date
      """)
    #expect(sums.count >= 2 * 3 * 3)
    #expect(sums.allSatisfy { $0 == "0" })
  }
}
