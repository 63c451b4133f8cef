import CloseJob
import Foundation
import GRDB
import JobConfiguration
import SnapshotStore
import Testing

/// The tables in which schema v3 kept bank reconciliations are still read for the closes that wrote them.
@Suite("Tampering with bank accounts that an older version reconciled")
struct TamperedOlderBankTests {
  /// The store of an older version, migrated.
  private func ledger() throws -> LedgerTree {
    let ledger = try LedgerTree()
    let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("CommandTests/Corpus/store-v5.sql")
    let path = ledger.settings.store ?? ""
    let sql = try String(contentsOf: corpus, encoding: .utf8)
    try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
    try BookStore.writeLocked(at: path) { _ in }
    return ledger
  }

  @Test(
    "a change in any column is found",
    arguments: [
      (table: "stored_bank_reconciliation", tamperings: 99),
      (table: "stored_outstanding_item", tamperings: 99),
    ])
  func changeInAnyColumnIsFound(table: String, tamperings: Int) throws {
    let ledger = try ledger()
    let store = try TamperedStore(of: ledger)
    #expect(try ledger.verify(storeOnly: true).exitCode == 0)
    let plan = try #require(store.plans().first { $0.table == table })
    var (tried, missed) = (0, [String]())
    for tampering in plan.tamperings where try store.apply(tampering.sql) {
      tried += 1
      if try store.findings().isEmpty { missed.append(tampering.what) }
    }
    #expect(missed == [])
    #expect(tried > tamperings, "\(tried) changes")
  }
}
