import GRDB
public import LedgerDomain

/// Which movements of the principal accounts are stored up to a close, and the digests of its loan data.
public struct PortfolioCoverage: Hashable, Sendable {
  /// The principal accounts, as text.
  public let accounts: String
  /// Whether every close not replaced stored how much lines with a loan moved these accounts.
  public let coversLines: Bool
  /// Whether every close not replaced stored it loan by loan.
  public let coversLoans: Bool
  /// The digest of the close's loan movements; `nil` if it stored none.
  public let loanMovementDigest: String?
  /// The digest of the loan tape's files; `nil` if no readable tape was found.
  public let tapeDigest: String?

  /// Creates a coverage.
  public init(
    accounts: String, coversLines: Bool, coversLoans: Bool, loanMovementDigest: String?,
    tapeDigest: String?
  ) {
    self.accounts = accounts
    self.coversLines = coversLines
    self.coversLoans = coversLoans
    self.loanMovementDigest = loanMovementDigest
    self.tapeDigest = tapeDigest
  }
}

extension BookReader {
  /// The coverage that a close stored; `nil` if it did not compare the loan book.
  public func portfolioCoverage(_ close: CloseID) throws -> PortfolioCoverage? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT principal_accounts, covers_lines, covers_loans, loan_movement_digest,
            tape_digest
          FROM stored_portfolio_rollup WHERE close_id = ?
          """),
      arguments: [close.number]
    ).map {
      PortfolioCoverage(
        accounts: try $0.text(0), coversLines: $0[1] != 0, coversLoans: $0[2] != 0,
        loanMovementDigest: $0[3], tapeDigest: $0[4])
    }
  }

  /// Whether all closes before a pending one, other than replaced ones, stored movements of these
  /// accounts: those of lines with a loan, and those loan by loan.
  public func priorCoverage(
    ofAccounts accounts: String, before close: PendingClose
  ) throws -> (lines: Bool, loans: Bool) {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT count(*), count(p.close_id), count(p.loan_movement_digest)
          FROM stored_close c LEFT JOIN stored_portfolio_rollup p
            ON p.close_id = c.close_id AND p.principal_accounts = ?4
          WHERE c.tenant_ref = ?1 AND c.close_id < ?2 AND c.close_id <> ?3 AND NOT EXISTS (
            SELECT 1 FROM stored_close r WHERE r.replaces_close_id = c.close_id)
          """),
      arguments: [
        close.tenantReference, close.closeID.number, close.replaces?.number ?? 0, accounts,
      ])
    guard let row else { return (true, true) }
    let (all, lines, loans): (Int, Int, Int) = (row[0], row[1], row[2])
    return (all == lines, all == loans)
  }

  /// A close's comparison of the loan book with the ledger; `nil` if it made none.
  ///
  /// - Parameters:
  ///   - close: the close.
  ///   - listingDifferences: whether to read the loans that differ as well.
  public func portfolioRollup(
    _ close: CloseID, listingDifferences: Bool = true
  ) throws -> PortfolioRollup? {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT source, status, reporting_currency FROM stored_portfolio_rollup
          WHERE close_id = ?
          """),
      arguments: [close.number])
    guard let row else { return nil }
    guard let source = PortfolioRollup.Source(rawValue: try row.text(0)),
      let status = TieOutStatus(rawValue: try row.text(1))
    else { throw Row.altered("an invalid portfolio rollup") }
    return PortfolioRollup(
      source: source, totals: try portfolioTotals(close),
      differences: listingDifferences ? try loanDifferences(close) : [],
      status: status, reportingCurrency: (row[2] as String?).flatMap { CurrencyCode($0) })
  }

  private func portfolioTotals(_ close: CloseID) throws -> [PortfolioTotal] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT currency, ledger_principal_minor, loans_minor, without_loan_minor, loan_count,
            only_in_ledger_count, only_on_tape_count, amounts_differ_count
          FROM stored_portfolio_total WHERE close_id = ? ORDER BY currency
          """),
      arguments: [close.number]
    ).map { row in
      guard let currency = CurrencyCode(try row.text(0)), let principal: Int64 = row[1],
        let loans: Int64 = row[2], !principal.subtractingReportingOverflow(loans).overflow
      else { throw Row.altered("an invalid portfolio total") }
      var counts: [LoanDifferenceCause: Int] = [:]
      for (cause, count) in zip(LoanDifferenceCause.allCases, [row[5] as Int, row[6], row[7]])
      where count != 0 {
        counts[cause] = count
      }
      return PortfolioTotal(
        currency: currency, ledgerPrincipalMinor: principal, loansMinor: loans,
        withoutLoanMinor: row[3], loanCount: row[4], differenceCounts: counts)
    }
  }

  private func loanDifferences(_ close: CloseID) throws -> [LoanDifference] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT loan_id, currency, cause, ledger_minor, tape_minor FROM stored_loan_difference
          WHERE close_id = ? ORDER BY loan_id, currency
          """),
      arguments: [close.number]
    ).map { row in
      guard let loan = LedgerUUID(try row.text(0)), let currency = CurrencyCode(try row.text(1)),
        let cause = LoanDifferenceCause(rawValue: try row.text(2))
      else { throw Row.altered("an invalid loan difference") }
      return LoanDifference(
        loan: loan, currency: currency, cause: cause, ledgerMinor: row[3], tapeMinor: row[4])
    }
  }
}
