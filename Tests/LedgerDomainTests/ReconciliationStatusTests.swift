import LedgerDomain
import Testing

@Suite("The reconciliation status of a close")
struct ReconciliationStatusTests {
  private func record(
    _ tieOuts: [TieOut] = [], bank: [BankReconciliation] = [], rollup: PortfolioRollup? = nil
  ) -> CloseRecord {
    let header = CloseHeader(
      closeID: CloseID(7), tenant: TenantID(LedgerUUID(high: 0xA, low: 1)),
      businessDate: BusinessDate(dayNumber: 20_458), status: .clean, recordsRead: 0,
      entriesAccepted: 0, recordsQuarantined: 0, startedAt: "2026-01-06T01:00:00Z",
      finishedAt: "2026-01-06T01:00:09Z", inputDigest: "", chainDigest: "")
    var record = CloseRecord(
      header: header, chart: ChartOfAccounts([]), rollforward: [], restatements: [],
      tieOuts: tieOuts, findings: [], findingCounts: [], parts: [])
    record.addBankAccounts(
      bank.map {
        BankAccountRecord(
          version: ReconciliationVersion(
            reconciliation: $0, date: record.header.businessDate, number: 1,
            closeID: record.header.closeID, madeAt: record.header.finishedAt))
      })
    record.portfolioRollup = rollup
    return record
  }

  private func total(_ currency: String, _ ledger: Int64, _ loans: Int64) -> PortfolioTotal {
    PortfolioTotal(
      currency: currency == "USD" ? Self.usd : Self.mxn, ledgerPrincipalMinor: ledger,
      loansMinor: loans, withoutLoanMinor: 0, loanCount: 1, differenceCounts: [:])
  }

  private static let usd = CurrencyCode(packed: 20 * 676 + 18 * 26 + 3)
  private static let mxn = CurrencyCode(packed: 12 * 676 + 23 * 26 + 13)

  @Test("has all members where nothing was compared, and no integrity that was not proved")
  func uncomparedPartsAreThere() {
    let status = ReconciliationStatus(record())
    #expect(status.asOfDate.description == "2026-01-05")
    #expect(status.ledgerIntegrity.status == .mismatch)
    #expect(status.bankReconciliation.isEmpty)
    #expect(status.portfolioRollup.status == .ok)
    #expect(status.portfolioRollup.ledgerPrincipalMinor == 0)
    #expect(status.portfolioRollup.loansMinor == 0)
  }

  @Test("counts accounts that differ, as of the end of the close", arguments: [0, 3] as [Int128])
  func mismatchedAccountsAreCounted(count: Int128) {
    let tieOut = TieOut(
      .ledgerIntegrity, scope: "accounts", expected: 0, actual: count, detail: "")
    let integrity = ReconciliationStatus(record([tieOut])).ledgerIntegrity
    #expect(integrity.status == (count == 0 ? .ok : .mismatch))
    #expect(integrity.mismatchedAccountCount == Int64(count))
    #expect(integrity.checkedAt == "2026-01-06T01:00:09Z")
  }

  @Test("has the loan book in the reporting currency, and a mismatch of any")
  func portfolioUsesReportingCurrency() {
    let rollup = PortfolioRollup(
      source: .loanTape, totals: [total("MXN", 5, 4), total("USD", 9, 9)], differences: [])
    let record = record(rollup: rollup)
    let reported = ReconciliationStatus(record, reportingCurrency: Self.usd).portfolioRollup
    #expect(reported.status == .mismatch)
    #expect(reported.ledgerPrincipalMinor == 9)
    #expect(reported.loansMinor == 9)
    #expect(ReconciliationStatus(record).portfolioRollup.ledgerPrincipalMinor == 5)
    let eur = CurrencyCode("EUR")
    let absent = ReconciliationStatus(record, reportingCurrency: eur).portfolioRollup
    #expect(absent.status == .mismatch)
    #expect(absent.ledgerPrincipalMinor == 0)
  }
}
