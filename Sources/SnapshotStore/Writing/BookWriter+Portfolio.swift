import GRDB
public import LedgerDomain

/// The comparison of the loan book with the ledger, as a close is about to store it.
public struct PortfolioOutcome: Sendable {
  /// The comparison.
  public let rollup: PortfolioRollup
  /// Which movements were stored for later closes.
  public let coverage: PortfolioCoverage

  /// Creates an outcome.
  public init(rollup: PortfolioRollup, coverage: PortfolioCoverage) {
    self.rollup = rollup
    self.coverage = coverage
  }
}

extension BookWriter {
  /// Writes the comparison of the loan book with the ledger.
  func insert(_ portfolio: PortfolioOutcome, _ close: CloseID) throws {
    let (rollup, coverage) = (portfolio.rollup, portfolio.coverage)
    try db.cachedStatement(
      sql: "INSERT INTO stored_portfolio_rollup VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ).execute(
      arguments: [
        close.number, rollup.source.rawValue, rollup.status.rawValue,
        rollup.reportingCurrency?.description, coverage.accounts, coverage.coversLines ? 1 : 0,
        coverage.coversLoans ? 1 : 0, coverage.loanMovementDigest,
        coverage.tapeDigest,
      ])
    for total in rollup.totals {
      let counts = LoanDifferenceCause.allCases.map { total.differenceCounts[$0] ?? 0 }
      try db.cachedStatement(
        sql: "INSERT INTO stored_portfolio_total VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
      ).execute(
        arguments: [
          close.number, total.currency.description, total.ledgerPrincipalMinor, total.loansMinor,
          total.withoutLoanMinor, total.loanCount, counts[0], counts[1], counts[2],
        ])
    }
    for difference in rollup.differences {
      try db.cachedStatement(
        sql: "INSERT INTO stored_loan_difference VALUES (?, ?, ?, ?, ?, ?)"
      ).execute(
        arguments: [
          close.number, difference.loan.description, difference.currency.description,
          difference.cause.rawValue, difference.ledgerMinor, difference.tapeMinor,
        ])
    }
  }
}
