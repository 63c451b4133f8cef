import CloseJob
import JobConfiguration
import LedgerDomain

extension LedgerTree {
  /// Makes the next closes compare principal (account 1100) with tapes.
  func compareLoans(withTapes: Bool = true) {
    settings.principalAccounts = PrincipalAccounts([AccountCode(number: 1100)])
    settings.loanTape = withTapes ? "\(directory)/tapes" : nil
  }

  /// Writes a tape for a date: loans by number with their principal, as `7 USD 500`.
  func tape(
    _ date: String, tenant: String = LedgerTree.tenant, header: Bool = true, _ rows: String...
  ) throws {
    var text = header ? "loan_id,currency,principal_outstanding_minor\n" : ""
    for row in rows {
      let words = row.split(separator: " ").map(String.init)
      if words.count == 3, let loan = Int(words[0]) {
        text += "\(JournalText.loan(loan)),\(words[1]),\(words[2])\n"
      } else {
        text += row + "\n"
      }
    }
    try write("tapes/tenant_id=\(tenant)/date=\(date).csv", text)
  }
}

extension Books {
  /// Each close's totals: `2026-01-05 USD ledger loans without count`.
  func rollups() throws -> [String] {
    try rows(
      """
      SELECT business_date, ifnull(currency, '-'), ledger_principal_minor, loans_minor,
        without_loan_minor, loan_count, status
      FROM portfolio_rollup ORDER BY close_id, currency
      """)
  }

  /// The loans that differ at a close: `7 USD amounts_differ 5 6`.
  func loanDifferences(_ close: Int) throws -> [String] {
    try rows(
      """
      SELECT CAST(substr(loan_id, 25) AS INTEGER), currency, cause, ledger_minor, tape_minor
      FROM loan_difference WHERE close_id = \(close) ORDER BY loan_id, currency
      """)
  }

  /// The current loan balances: `7 USD 500`.
  func loanBalances() throws -> [String] {
    try rows(
      """
      SELECT CAST(substr(loan_id, 25) AS INTEGER), currency, principal_minor FROM loan_balance
      WHERE dr_minor <> 0 OR cr_minor <> 0 ORDER BY loan_id, currency
      """)
  }

  /// The details of a close's portfolio tie-outs.
  func portfolioDetails(_ close: Int) throws -> String {
    try rows(
      """
      SELECT status, scope, detail FROM tie_out
      WHERE check_name = 'portfolio_rollup' AND close_id = \(close)
      """
    ).joined(separator: "\n")
  }
}
