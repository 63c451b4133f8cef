import CloseJob
import JobConfiguration
import LedgerDomain
import Testing

@Suite("Unusable loan tapes")
struct UnusableLoanTapeTests {
  private func ledger() throws -> LedgerTree {
    let ledger = try LedgerTree()
    ledger.compareLoans()
    try ledger.export("2026-01-05", "2026-01-05 | 1100 DR 500 USD SETTLED loan:7 | 1000 CR 500")
    return ledger
  }

  @Test("malformed rows and repeated loans are findings and fail the tie-out")
  func malformedRowsFailTheTieOut() throws {
    let ledger = try ledger()
    try ledger.tape("2026-01-05", "7 USD 500", "no row", "7 USD 501", "8 USD 0")
    let result = try ledger.close(through: "2026-01-05")
    #expect(result.exitCode == 1)
    let books = ledger.books
    #expect(
      try books.findings() == """
        abnormal_balance - -
        loan_tape_malformed date=2026-01-05.csv 3
        loan_tape_malformed date=2026-01-05.csv 4
        """)
    let messages = try books.rows(
      "SELECT message FROM finding WHERE code = 'loan_tape_malformed' ORDER BY record")
    #expect(messages[0].hasPrefix("Line 3 of the loan tape has 1 cells"))
    #expect(messages[1].contains("repeats loan \(JournalText.loan(7)) USD from line 2"))
    #expect(try books.rollups() == ["2026-01-05 USD 500 500 0 2 fail"])
    #expect(
      try books.portfolioDetails(1).contains("fail loan tape 2 malformed rows of the loan tape"))
  }

  @Test("an unreadable tape fails the tie-out, and the date is closed")
  func unreadableTapeFailsTheTieOut() throws {
    let ledger = try ledger()
    try ledger.tape("2026-01-05", header: false, "7 USD 500")
    let result = try ledger.close(through: "2026-01-05")
    #expect(result.exitCode == 1)
    #expect(result.closedCount == 1)
    #expect(try ledger.books.rollups() == ["2026-01-05 - - - - - fail"])
    #expect(try ledger.books.loanBalances() == ["7 USD 500"])
    #expect(try ledger.books.findings().hasSuffix("loan_tape_malformed date=2026-01-05.csv -"))
  }

  @Test("another tenant's tape is not read")
  func otherTenantsTapeIsNotRead() throws {
    let ledger = try ledger()
    try ledger.tape("2026-01-05", tenant: LedgerTree.otherTenant, "7 USD 500")
    #expect(try ledger.close(through: "2026-01-05").exitCode == 0)
    #expect(try ledger.books.portfolioDetails(1).contains("The tenant has no loan tape"))
  }

  @Test("a tape whose total exceeds 64 bits does not stop a close")
  func totalBeyond64BitsDoesNotStopAClose() throws {
    let ledger = try ledger()
    try ledger.tape(
      "2026-01-05", "7 USD 500", "8 USD \(Int64.max)", "9 USD \(Int64.max)", "9 EUR \(Int64.min)")
    #expect(try ledger.close(through: "2026-01-05").exitCode == 1)
    #expect(try ledger.books.portfolioDetails(1).contains("more than 64 bits"))
    #expect(try ledger.books.rows("SELECT count(*) FROM loan_difference") == ["3"])
  }

  @Test("a loan balance beyond 64 bits stops the tenant and is named")
  func loanBeyond64BitsStopsTheTenant() throws {
    let ledger = try LedgerTree()
    ledger.settings.principalAccounts = PrincipalAccounts(
      [1000, 1100].map { AccountCode(number: $0) })
    ledger.settings.loanTape = "\(ledger.directory)/tapes"
    let max = Int64.max
    try ledger.export(
      "2026-01-05", "2026-01-05 | 1100 DR \(max) USD SETTLED loan:7 | 3000 CR \(max)")
    try ledger.export(
      "2026-01-06", "2026-01-06 | 1000 DR 1 USD SETTLED loan:7 | 4000 CR 1")
    let result = try ledger.close(through: "2026-01-06")
    #expect(result.exitCode == 2)
    #expect(result.failure.contains("loan \(JournalText.loan(7)) USD exceed 2^63"))
    #expect(try ledger.books.rows("SELECT count(*) FROM close_run") == ["1"])
    #expect(try ledger.books.loanBalances() == ["7 USD \(max)"])
  }

  @Test("verify finds any change of the stored loans")
  func alteredLoansAreFound() throws {
    for (table, change) in [
      ("loan_principal", "UPDATE loan_principal SET dr_minor = dr_minor + 1"),
      ("loan_principal", "DELETE FROM loan_principal"),
      (
        "loan_movement",
        "UPDATE stored_loan_movement SET dr_minor = dr_minor + 1"
      ), ("loan_movement", "DELETE FROM stored_loan_movement"),
      ("time", "UPDATE stored_loan_movement SET is_dated_ahead = 1"),
      ("line", "UPDATE stored_principal_movement SET cr_minor = 1"),
      ("rollup", "DELETE FROM stored_portfolio_rollup"),
      ("total", "UPDATE stored_portfolio_total SET loans_minor = 1"),
      ("difference", "DELETE FROM stored_loan_difference"),
    ] {
      let ledger = try ledger()
      try ledger.tape("2026-01-05", "7 USD 500", "8 USD 4")
      try ledger.close(through: "2026-01-05")
      try ledger.books.execute(change)
      let result = try VerifyRun(
        settings: ledger.settings, clock: RunClock { 0 }, dates: (nil, nil), isStoreOnly: true
      ).run()
      #expect(result.exitCode == 1, "\(table): \(change)")
    }
  }
}
