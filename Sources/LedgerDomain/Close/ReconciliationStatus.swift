/// Whether the books of a date agree with themselves, the bank and the loan book, as the API reports it.
public struct ReconciliationStatus: Hashable, Sendable {
  /// Whether two sides agree.
  public enum Agreement: String, Sendable {
    /// They do.
    case ok
    /// They do not.
    case mismatch
  }

  /// The stored balances against the journal.
  public struct LedgerIntegrity: Hashable, Sendable {
    /// Whether they agree.
    public let status: Agreement
    /// How many account codes have a balance that differs.
    public let mismatchedAccountCount: Int64
    /// When they were compared, RFC 3339 in UTC: when the close was finished.
    public let checkedAt: String
  }

  /// One bank account against its statement.
  public struct Bank: Hashable, Sendable {
    /// What the job calls the account.
    public let reference: String
    /// How the comparison ended.
    public let status: BankStatus
    /// The ledger's closing balance less the statement's, signed.
    public let differenceMinor: AmountMinor
  }

  /// The loan book against the ledger.
  public struct Portfolio: Hashable, Sendable {
    /// Whether every currency agrees, loan by loan.
    public let status: Agreement
    /// The principal in the ledger, in the reporting currency.
    public let ledgerPrincipalMinor: AmountMinor
    /// The sum of the loans, in the reporting currency.
    public let loansMinor: AmountMinor
  }

  /// The business date.
  public let asOfDate: BusinessDate
  /// The stored balances against the journal.
  public let ledgerIntegrity: LedgerIntegrity
  /// The bank accounts, in the job's order.
  public let bankReconciliation: [Bank]
  /// The loan book; in agreement with two zeros if there was nothing to compare.
  public let portfolioRollup: Portfolio

  /// Creates the status of a close.
  ///
  /// - Parameters:
  ///   - record: the close.
  ///   - reportingCurrency: the currency of the loan book's figures, if not that of the close.
  public init(_ record: CloseRecord, reportingCurrency: CurrencyCode? = nil) {
    self.init(
      record.header, tieOuts: record.tieOuts, banks: record.bankReconciliations,
      rollup: record.portfolioRollup, reportingCurrency: reportingCurrency)
  }

  /// Creates the status from the comparisons of a close.
  ///
  /// - Parameters:
  ///   - header: the close.
  ///   - tieOuts: all tie-outs of the close.
  ///   - banks: the bank accounts; their outstanding items are not used.
  ///   - rollup: the loan book; its individual loans are not used.
  ///   - reportingCurrency: the currency of the loan book's figures. By default it is the tenant's
  ///     reporting currency or, if there is none, the tenant's first currency. Figures of different
  ///     currencies are never added. A currency without loans has zeros.
  public init(
    _ header: CloseHeader, tieOuts: [TieOut], banks: [BankReconciliation],
    rollup: PortfolioRollup?, reportingCurrency: CurrencyCode? = nil
  ) {
    asOfDate = header.businessDate
    let comparisons = tieOuts.filter { $0.check == .ledgerIntegrity }
    ledgerIntegrity = LedgerIntegrity(
      status: comparisons.status(of: .ledgerIntegrity) == .pass ? .ok : .mismatch,
      mismatchedAccountCount: comparisons.first { $0.scope == "accounts" }?.actualMinor ?? 0,
      checkedAt: header.finishedAt)
    bankReconciliation = banks.map {
      Bank(
        reference: $0.account.reference, status: $0.status, differenceMinor: $0.differenceMinor)
    }
    portfolioRollup = Portfolio(rollup, reportingCurrency: reportingCurrency)
  }
}

extension ReconciliationStatus.Portfolio {
  fileprivate init(_ rollup: PortfolioRollup?, reportingCurrency: CurrencyCode?) {
    guard let rollup else {
      self.init(status: .ok, ledgerPrincipalMinor: 0, loansMinor: 0)
      return
    }
    let currency = reportingCurrency ?? rollup.reportingCurrency ?? rollup.totals.first?.currency
    let total = rollup.totals.first { $0.currency == currency }
    self.init(
      status: rollup.isOK ? .ok : .mismatch,
      ledgerPrincipalMinor: total?.ledgerPrincipalMinor ?? 0, loansMinor: total?.loansMinor ?? 0)
  }
}
