import CloseJob
import Foundation
import JobConfiguration
import LedgerDomain
import SnapshotStore
import Testing

@Suite("Verifying a range of dates")
struct VerifyRangeTests {
  private func closedLedger() throws -> LedgerTree {
    let ledger = try LedgerTree()
    for (tenant, amount) in [(LedgerTree.tenant, 5), (LedgerTree.otherTenant, 7)] {
      for day in 5...8 {
        let date = "2026-01-0\(day)"
        try ledger.export(date, tenant: tenant, "\(date) | 1000 DR \(amount) | 3000 CR \(amount)")
      }
    }
    try ledger.close(through: "2026-01-08")
    try ledger.export("2026-01-06", "2026-01-06 | 1000 DR 6 | 3000 CR 6")
    return ledger
  }

  @Test(
    "only exports in the range are read",
    arguments: [
      (nil, nil, 4, 1), ("2026-01-06", nil, 3, 1), ("2026-01-07", nil, 2, 0),
      (nil, "2026-01-05", 1, 0), ("2026-01-06", "2026-01-06", 1, 1),
      ("2020-01-01", "2030-01-01", 4, 1), ("2026-01-09", "2026-02-01", 0, 0),
      (nil, "2026-01-04", 0, 0),
    ] as [(String?, String?, Int, Int32)])
  func onlyExportsInTheRangeAreRead(from: String?, to: String?, dates: Int, exitCode: Int32) throws
  {
    let ledger = try closedLedger()
    let result = try ledger.verify(from: from, to: to)
    #expect(result.exitCode == exitCode)
    #expect(result.tenants.map(\.datesRead) == [dates, dates])
    // The chain is checked from the first close on all the same.
    #expect(result.tenants.map(\.counts.closes) == [4, 4])
    let hasNotes = result.tenants.allSatisfy { !$0.notes.isEmpty }
    #expect(hasNotes == (dates == 0))
  }

  @Test("a range that ends before it begins is refused")
  func emptyRangeIsRefused() throws {
    let ledger = try closedLedger()
    #expect(throws: UsageError.self) {
      try ledger.verify(from: "2026-01-07", to: "2026-01-06")
    }
  }

  @Test("the store is verified outside the range as well")
  func storeIsVerifiedOutsideTheRange() throws {
    let ledger = try closedLedger()
    try ledger.books.execute(
      "UPDATE stored_snapshot SET dr_balance_minor = 6 WHERE as_of_date = '2026-01-05' "
        + "AND account_code = '1000' AND tenant_ref = 1")
    #expect(try ledger.verify(from: "2026-01-08").exitCode == 1)
  }

  @Test("a named tenant without books is a difference")
  func namedTenantWithoutBooksIsADifference() throws {
    let ledger = try closedLedger()
    ledger.settings.tenants = [try #require(TenantID(LedgerTree.otherTenant))]
    #expect(try ledger.verify().exitCode == 0)
    ledger.settings.tenants = [try #require(TenantID("0f000000-0000-4000-8000-0000000000ff"))]
    let result = try ledger.verify()
    #expect(result.exitCode == 1)
    #expect(result.differences.map(\.message).joined().contains("has no closed date"))
  }

  @Test("a store is required, and exports unless only the store is verified")
  func storeAndExportsAreRequired() throws {
    let ledger = try closedLedger()
    ledger.settings.exports = nil
    #expect(throws: UsageError.self) { try ledger.verify() }
    #expect(try ledger.verify(storeOnly: true).exitCode == 0)
    ledger.settings.store = "\(ledger.directory)/none.sqlite"
    #expect(throws: StoreError.self) { try ledger.verify(storeOnly: true) }
    #expect(!FileManager.default.fileExists(atPath: "\(ledger.directory)/none.sqlite"))
    ledger.settings.store = nil
    #expect(throws: UsageError.self) { try ledger.verify(storeOnly: true) }
  }

  @Test("JSON has the same differences and failures")
  func jsonHasTheSameDifferences() throws {
    let ledger = try closedLedger()
    try ledger.remove("exports/tenant_id=\(LedgerTree.otherTenant)/date=2026-01-07")
    let text = try VerifySummary.json(try ledger.verify())
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(document["exit_code"] as? Int == 2)
    #expect(document["store_only"] as? Bool == false)
    let differences = try #require(document["differences"] as? [[String: Any]])
    #expect(!differences.isEmpty)
    #expect(differences.allSatisfy { $0["business_date"] as? String == "2026-01-06" })
    #expect(differences.allSatisfy { $0["tenant_id"] as? String == LedgerTree.tenant })
    #expect(differences.allSatisfy { $0["close_id"] is Int && $0["message"] is String })
    let tenants = try #require(document["tenants"] as? [[String: Any]])
    #expect(tenants.map { $0["dates_read"] as? Int } == [4, 3])
    #expect(tenants.map { ($0["failure"] as? [String])?.count } == [0, 1])
  }
}
