import CloseJob
import JobConfiguration
import LedgerDomain
import Testing

@Suite("A date without an export")
struct MissingDateTests {
  private static let balances = "1000 USD SETTLED 500 0\n3000 USD SETTLED 0 500"

  /// 5 and 8 January are exported, 6 and 7 January are not.
  private func ledgerWithGap() throws -> LedgerTree {
    let ledger = try LedgerTree()
    try ledger.export("2026-01-05", "2026-01-05 | 1000 DR 500 | 3000 CR 500")
    try ledger.export("2026-01-08", "2026-01-08 | 1000 DR 8 | 3000 CR 8")
    return ledger
  }

  @Test("a missing date stops the tenant and keeps earlier closes")
  func missingDateStopsTheTenant() throws {
    let ledger = try ledgerWithGap()
    let result = try ledger.close(through: "2026-01-08")
    #expect(result.exitCode == 2)
    #expect(result.failureDate == "2026-01-06")
    #expect(result.failure.contains("missing_export"))
    #expect(try ledger.books.rows("SELECT business_date FROM close_run") == ["2026-01-05"])
    #expect(try ledger.books.balances("2026-01-05") == Self.balances)
  }

  @Test("a missing date closes once it is exported, and later dates with it")
  func closingContinuesOnceExported() throws {
    let ledger = try ledgerWithGap()
    try ledger.close(through: "2026-01-08")
    try ledger.exportEmptyDate("2026-01-06")
    try ledger.export("2026-01-07", "2026-01-07 | 1000 DR 70 | 3000 CR 70")
    let result = try ledger.close(through: "2026-01-08")
    #expect(result.exitCode == 0 && result.closedCount == 3)
    #expect(
      try ledger.books.balances("2026-01-08")
        == "1000 USD SETTLED 578 0\n3000 USD SETTLED 0 578")
  }

  @Test("with missing_dates: empty, a missing date closes as empty")
  func missingDateClosesAsEmptyIfConfigured() throws {
    let ledger = try ledgerWithGap()
    ledger.settings.missingDates = .empty
    let result = try ledger.close(through: "2026-01-08")
    #expect(result.exitCode == 0 && result.closedCount == 4)
    #expect(try ledger.books.balances("2026-01-07") == Self.balances)
    #expect(
      try ledger.books.rows("SELECT count(*) FROM close_run WHERE records_read = 0") == ["2"])
  }

  @Test("dates before the first export are not required unless the job names a first date")
  func closingBeginsWithTheFirstExportedDate() throws {
    let ledger = try ledgerWithGap()
    ledger.settings.missingDates = .empty
    ledger.settings.firstDate = BusinessDate("2026-01-03")
    let result = try ledger.close(through: "2026-01-05")
    #expect(result.exitCode == 0 && result.closedCount == 3)
    #expect(try ledger.books.balances("2026-01-04") == "")
    #expect(try ledger.books.balances("2026-01-05") == Self.balances)
  }

  @Test("dates before the first close are not read, and a note says so")
  func datesBeforeTheFirstCloseAreNoted() throws {
    let ledger = try ledgerWithGap()
    try ledger.close(through: "2026-01-05")
    try ledger.export("2026-01-04", "2026-01-04 | 1000 DR 9 | 3000 CR 9")
    let result = try ledger.close(through: "2026-01-05")
    #expect(result.exitCode == 0 && result.closedCount == 0)
    #expect(result.notes.contains("2026-01-04"))
    #expect(try ledger.books.balances("2026-01-05") == Self.balances)
  }

  @Test("a tenant without its directory is stopped")
  func missingTenantDirectoryStopsTheTenant() throws {
    let ledger = try ledgerWithGap()
    try ledger.exportEmptyDate("2026-01-05", tenant: LedgerTree.otherTenant)
    try ledger.close(through: "2026-01-05")
    try ledger.remove("exports/tenant_id=\(LedgerTree.otherTenant)")
    try ledger.exportEmptyDate("2026-01-06")
    let result = try ledger.close(through: "2026-01-06")
    #expect(result.exitCode == 2)
    #expect(result.failure.contains(LedgerTree.otherTenant))
    #expect(
      try ledger.books.rows("SELECT tenant_id FROM close_run WHERE business_date = '2026-01-06'")
        == [LedgerTree.tenant])
  }
}
