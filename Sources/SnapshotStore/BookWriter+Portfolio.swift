import GRDB
public import LedgerDomain

/// The loan book against the ledger, as a close is about to store it.
public struct PortfolioOutcome: Sendable {
  /// How it compares.
  public let rollup: PortfolioRollup
  /// What was kept for later closes.
  public let keeping: PortfolioCoverage

  /// An outcome of these.
  public init(rollup: PortfolioRollup, keeping: PortfolioCoverage) {
    self.rollup = rollup
    self.keeping = keeping
  }
}

extension BookWriter {
  /// Writes how the loan book compares with the ledger.
  func insert(_ portfolio: PortfolioOutcome, _ close: CloseID) throws {
    let (rollup, keeping) = (portfolio.rollup, portfolio.keeping)
    try db.cachedStatement(
      sql: "INSERT INTO stored_portfolio_rollup VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ).execute(
      arguments: [
        close.number, rollup.source.rawValue, rollup.status.rawValue,
        rollup.reportingCurrency?.description, keeping.accounts, keeping.coversLines ? 1 : 0,
        keeping.coversLoans ? 1 : 0, keeping.loanMovementDigest,
        keeping.tapeDigest,
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
