import Foundation
import JobConfiguration
import LedgerDomain
import SnapshotStore
import Testing

@testable import CloseJob

@Suite("A close is proved from the file after its commit")
struct CommitProofTests {
  private func closed(_ ledger: LedgerTree) throws -> [CloseRecord] {
    try BookStore(readingFrom: ledger.settings.store ?? "").read { reader in
      let tenant = try #require(TenantID(LedgerTree.tenant))
      let state = try #require(try reader.tenantState(tenant))
      return [try #require(try reader.closeRecord(state, date: state.closedThrough))]
    }
  }

  @Test("and what the disk changed stops the run")
  func changedRowIsFound() throws {
    let ledger = try FullBooks.ledger()
    let path = ledger.settings.store ?? ""
    let records = try closed(ledger)
    try CommitProof.prove(records, in: path)
    for sql in [
      "UPDATE stored_snapshot SET cr_balance_minor = cr_balance_minor + 1",
      "UPDATE stored_movement SET dr_minor = dr_minor + 1",
      "UPDATE balance_proof SET checksum = checksum + 1",
      // Of a date that the close restated.
      "UPDATE balance_proof SET checksum = checksum + 1 WHERE as_of_date = '2026-01-05'",
      "UPDATE balance_proof SET entries = x'' WHERE as_of_date = '2026-01-07'",
    ] {
      let before = try Data(contentsOf: URL(fileURLWithPath: path))
      try ledger.books.execute(sql)
      let error = #expect(throws: StoreError.self) { try CommitProof.prove(records, in: path) }
      #expect(error?.code == .alteredStore)
      #expect(error?.message.contains("does not hold what was just committed") == true)
      try before.write(to: URL(fileURLWithPath: path))
    }
  }
}
