import CloseJob
import JobConfiguration
import LedgerDomain
import SnapshotStore
import Testing

@Suite("Comparing the loan portfolio")
struct PortfolioComparisonTests {
  private func verified(_ ledger: LedgerTree) throws -> String {
    let result = try VerifyRun(
      settings: ledger.settings, clock: RunClock { 0 }, dates: (nil, nil), isStoreOnly: false
    ).run()
    return result.exitCode == 0 ? "" : VerifySummary.text(result)
  }

  @Test("without principal_accounts, the accounts of the chart's type principal are compared")
  func chartNamesThePrincipalAccounts() throws {
    let ledger = try LedgerTree()
    try ledger.write(
      "chart.csv",
      """
      account_code,account_name,normal_side,type
      1000,Cash,DR,asset
      1100,Loans,DR,Principal
      3000,Equity,CR,equity
      """)
    try ledger.export(
      "2026-01-05",
      """
      2026-01-05 | 1100 DR 500 USD SETTLED loan:7 | 1000 CR 500
      2026-01-05 | 1100 DR 20 USD | 1000 CR 20
      """)
    try ledger.close(through: "2026-01-05")
    #expect(try ledger.books.rollups() == ["2026-01-05 USD 520 500 20 0 fail"])
  }

  @Test("without principal accounts nothing is compared")
  func noPrincipalAccountsMeansNoComparison() throws {
    let ledger = try LedgerTree()
    try ledger.export("2026-01-05", "2026-01-05 | 1100 DR 500 USD SETTLED loan:7 | 1000 CR 500")
    try ledger.close(through: "2026-01-05")
    let books = ledger.books
    #expect(try books.tieOuts("portfolio_rollup") == "2026-01-05 inconclusive")
    #expect(try books.rollups() == [])
    #expect(try books.rows("SELECT * FROM stored_principal_movement") == [])
  }

  @Test(
    "principal accounts missing from the chart are named; if all are missing, the tie-out fails")
  func missingPrincipalAccountsAreNamed() throws {
    for (codes, status) in [([1100, 1199], "pass"), ([1199], "fail")] as [([UInt16], String)] {
      let ledger = try LedgerTree()
      ledger.settings.principalAccounts = PrincipalAccounts(codes.map { AccountCode(number: $0) })
      try ledger.export("2026-01-05", "2026-01-05 | 1100 DR 500 USD SETTLED loan:7 | 1000 CR 500")
      try ledger.close(through: "2026-01-05")
      #expect(try ledger.books.portfolioDetails(1).contains("does not contain 1199"))
      #expect(try ledger.books.rows("SELECT DISTINCT status FROM portfolio_rollup") == [status])
    }
  }

  @Test("without a tape, principal is compared with the lines that name a loan")
  func principalIsComparedWithLinesWithoutATape() throws {
    let ledger = try LedgerTree()
    ledger.compareLoans(withTapes: false)
    ledger.settings.reportingCurrency = CurrencyCode("USD")
    try ledger.open(with: "1100,USD,SETTLED,30,0\n3000,USD,SETTLED,0,30")
    try ledger.export(
      "2026-01-05",
      """
      2026-01-05 | 1100 DR 500 USD SETTLED loan:7 | 1000 CR 500
      2026-01-05 | 1100 DR 40 EUR SETTLED loan:7 | 1000 CR 40 EUR
      2026-01-05 | 1100 DR 9 USD PENDING loan:7 | 1000 CR 9 USD PENDING
      2026-01-07 | 1100 DR 5 USD SETTLED loan:8 | 1000 CR 5
      """)
    try ledger.export("2026-01-06", "2026-01-06 | 1100 CR 20 | 1000 DR 20 USD SETTLED loan:7")
    try ledger.export("2026-01-07", "2026-01-05 | 1100 CR 50 USD SETTLED loan:7 | 1000 DR 50")
    try ledger.close(through: "2026-01-07")
    let books = ledger.books
    #expect(
      try books.rollups() == [
        "2026-01-05 EUR 40 40 0 0 fail", "2026-01-05 USD 530 500 30 0 fail",
        "2026-01-06 EUR 40 40 0 0 fail", "2026-01-06 USD 510 500 10 0 fail",
        "2026-01-07 EUR 40 40 0 0 fail", "2026-01-07 USD 465 455 10 0 fail",
      ])
    #expect(
      try books.portfolioDetails(2).contains(
        "fail USD Settled principal in USD against the lines that carry a loan. Ledger less loans, in "
          + "minor units: +10 on lines without a loan"))
    #expect(try books.rows("SELECT * FROM loan_movement") == [])
    #expect(try verified(ledger) == "")
  }

  @Test("loans agree with the tape, with future-dated and backdated lines")
  func loansAgreeWithTheTape() throws {
    let ledger = try LedgerTree()
    ledger.compareLoans()
    try ledger.export(
      "2026-01-05",
      """
      2026-01-05 | 1100 DR 500 USD SETTLED loan:7 | 1000 CR 500
      2026-01-07 | 1100 DR 40 USD SETTLED loan:8 | 1000 CR 40
      """)
    try ledger.exportEmptyDate("2026-01-06")
    try ledger.export("2026-01-07", "2026-01-06 | 1100 CR 100 USD SETTLED loan:7 | 1000 DR 100")
    try ledger.tape("2026-01-05", "7 USD 500", "9 USD 0")
    try ledger.tape("2026-01-06", "7 USD 500")
    try ledger.tape("2026-01-07", "8 USD 40", "7 USD 400")
    let result = try ledger.close(through: "2026-01-07")
    #expect(result.exitCode == 0)
    #expect(
      try ledger.books.rollups() == [
        "2026-01-05 USD 500 500 0 2 pass", "2026-01-06 USD 500 500 0 1 pass",
        "2026-01-07 USD 440 440 0 2 pass",
      ])
    #expect(try ledger.books.loanBalances() == ["7 USD 400", "8 USD 40"])
    #expect(try verified(ledger) == "")
  }

  @Test("differences from the tape have causes, which a rewritten report repeats")
  func differencesFromTheTapeHaveCauses() throws {
    let ledger = try LedgerTree()
    ledger.compareLoans()
    try ledger.export(
      "2026-01-05",
      """
      2026-01-05 | 1100 DR 500 USD SETTLED loan:7 | 1000 CR 500
      2026-01-05 | 1100 DR 40 USD SETTLED loan:8 | 1000 CR 40
      2026-01-05 | 1100 DR 3 | 1000 CR 3
      """)
    try ledger.tape("2026-01-05", "7 USD 510", "9 EUR -5", "1 USD 2")
    let result = try ledger.close(through: "2026-01-05")
    #expect(result.exitCode == 1)
    #expect(
      try ledger.books.rollups() == [
        "2026-01-05 EUR 0 -5 0 1 fail", "2026-01-05 USD 543 512 3 3 fail",
      ])
    #expect(
      try ledger.books.loanDifferences(1) == [
        "1 USD only_on_tape - 2", "7 USD amounts_differ 500 510", "8 USD only_in_ledger 40 -",
        "9 EUR only_on_tape - -5",
      ])
    #expect(
      try ledger.books.portfolioDetails(1).contains(
        "+3 on lines without a loan, opening balances included; +40 of 1 loan only in the ledger; -2 of "
          + "1 loan only on the tape; -10 of 1 loan whose amounts differ"))
    try BookStore(readingFrom: ledger.settings.store ?? "").read { reader in
      let state = try #require(try reader.tenantStates().first)
      let rollup = try #require(
        try reader.closeRecord(state, date: state.closedThrough)?.portfolioRollup)
      #expect(!rollup.isOK)
      #expect(rollup.differences.count == 4)
      #expect(rollup.totals.map(\.differenceMinor) == [5, 31])
      #expect(
        rollup.totals[1].differenceCounts
          == [.onlyInLedger: 1, .onlyOnTape: 1, .amountsDiffer: 1])
    }
  }

  @Test("a reclosed date replaces its loan movements")
  func recloseReplacesLoanMovements() throws {
    let ledger = try LedgerTree()
    ledger.compareLoans()
    try ledger.export(
      "2026-01-05",
      """
      2026-01-05 | 1100 DR 500 USD SETTLED loan:7 | 1000 CR 500
      2026-01-06 | 1100 DR 1 USD SETTLED loan:5 | 1000 CR 1
      2026-01-08 | 1100 DR 2 USD SETTLED loan:6 | 1000 CR 2
      """)
    try ledger.export("2026-01-06", "2026-01-06 | 1100 DR 30 USD SETTLED loan:7 | 1000 CR 30")
    try ledger.export("2026-01-07", "2026-01-05 | 1100 DR 4 USD SETTLED loan:9 | 1000 CR 4")
    try ledger.tape("2026-01-05", "7 USD 500")
    try ledger.tape("2026-01-06", "7 USD 530", "5 USD 1")
    try ledger.tape("2026-01-07", "7 USD 530", "5 USD 1", "9 USD 4")
    #expect(try ledger.close(through: "2026-01-07").exitCode == 0)
    try ledger.export(
      "2026-01-05",
      """
      2026-01-05 | 1100 DR 450 USD SETTLED loan:8 | 1000 CR 450
      2026-01-06 | 1100 DR 10 USD SETTLED loan:8 | 1000 CR 10
      2026-01-08 | 1100 DR 3 USD SETTLED loan:6 | 1000 CR 3
      """)
    try ledger.tape("2026-01-05", "8 USD 450", "9 USD 4")
    var request = CloseRequest()
    request.from = BusinessDate("2026-01-05")
    request.recloses = true
    #expect(try ledger.run(request).exitCode == 0)
    #expect(try ledger.books.rollups().last == "2026-01-05 USD 454 454 0 2 pass")
    #expect(try ledger.books.loanBalances() == ["7 USD 30", "8 USD 460", "9 USD 4"])
    try ledger.exportEmptyDate("2026-01-08")
    try ledger.tape("2026-01-08", "7 USD 30", "8 USD 460", "9 USD 4", "6 USD 3")
    #expect(try ledger.close(through: "2026-01-08").exitCode == 0)
    #expect(try verified(ledger) == "")
  }

  @Test("reclosing compares a late tape")
  func recloseComparesALateTape() throws {
    let ledger = try LedgerTree()
    ledger.compareLoans()
    try ledger.export("2026-01-05", "2026-01-05 | 1100 DR 500 USD SETTLED loan:7 | 1000 CR 500")
    #expect(try ledger.close(through: "2026-01-05").exitCode == 0)
    #expect(
      try ledger.books.portfolioDetails(1).contains("The tenant has no loan tape for 2026-01-05"))
    #expect(try ledger.books.rollups() == ["2026-01-05 USD 500 500 0 0 pass"])
    try ledger.tape("2026-01-05", "7 USD 499")
    var request = CloseRequest()
    request.from = BusinessDate("2026-01-05")
    request.recloses = true
    let result = try ledger.run(request)
    #expect(result.exitCode == 1)
    #expect(result.notes.contains("its loan tape changed"))
    #expect(try ledger.books.loanDifferences(2) == ["7 USD amounts_differ 500 499"])
    #expect(try ledger.run(request).closedCount == 0)
    #expect(try verified(ledger) == "")
  }

  @Test("principal accounts added later are not compared loan by loan")
  func principalAccountsAddedLaterAreInconclusive() throws {
    let ledger = try LedgerTree()
    try ledger.export("2026-01-05", "2026-01-05 | 1100 DR 500 USD SETTLED loan:7 | 1000 CR 500")
    try ledger.close(through: "2026-01-05")
    ledger.compareLoans()
    try ledger.export("2026-01-06", "2026-01-06 | 1100 DR 1 USD SETTLED loan:7 | 1000 CR 1")
    try ledger.tape("2026-01-06", "7 USD 501")
    #expect(try ledger.close(through: "2026-01-06").exitCode == 0)
    let detail = try ledger.books.portfolioDetails(2)
    #expect(detail.hasPrefix("inconclusive USD"))
    #expect(detail.contains("Backfill a new store"))
    #expect(try ledger.books.rollups() == ["2026-01-06 USD 501 501 - 1 inconclusive"])
    ledger.settings.loanTape = nil
    try ledger.exportEmptyDate("2026-01-07")
    try ledger.close(through: "2026-01-07")
    #expect(try ledger.books.rollups().last == "2026-01-07 - - - - - inconclusive")
    #expect(try verified(ledger) == "")
  }
}
