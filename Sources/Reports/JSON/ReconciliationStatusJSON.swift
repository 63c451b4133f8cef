public import LedgerDomain

/// The reconciliation status as JSON, the same in the API and the reports.
public enum ReconciliationStatusJSON {
  /// The document on one line, in UTF-8.
  public static func bytes(_ status: ReconciliationStatus) throws -> [UInt8] {
    try JSONDocument.bytes(StatusDocument(status), .compact)
  }
}

/// The reconciliation status with the names and types of the API.
public struct StatusDocument: Encodable {
  struct LedgerIntegrity: Encodable {
    let status: String
    let mismatched_account_count: Int64
    let checked_at: String
  }
  struct Bank: Encodable {
    let bank_account_ref: String
    let status: String
    let difference_minor: String
  }
  struct Portfolio: Encodable {
    let status: String
    let gl_principal_minor: String
    let sum_of_loan_balances_minor: String
  }

  let as_of_date: String
  let ledger_integrity: LedgerIntegrity
  let bank_reconciliation: [Bank]
  let portfolio_rollup: Portfolio

  /// The document of a status.
  public init(_ status: ReconciliationStatus) {
    as_of_date = status.asOfDate.description
    let integrity = status.ledgerIntegrity
    ledger_integrity = LedgerIntegrity(
      status: integrity.status.rawValue,
      mismatched_account_count: integrity.mismatchedAccountCount, checked_at: integrity.checkedAt)
    bank_reconciliation = status.bankReconciliation.map {
      Bank(
        bank_account_ref: $0.reference, status: $0.status.rawValue,
        difference_minor: String($0.differenceMinor))
    }
    let portfolio = status.portfolioRollup
    portfolio_rollup = Portfolio(
      status: portfolio.status.rawValue,
      gl_principal_minor: String(portfolio.ledgerPrincipalMinor),
      sum_of_loan_balances_minor: String(portfolio.loansMinor))
  }
}
