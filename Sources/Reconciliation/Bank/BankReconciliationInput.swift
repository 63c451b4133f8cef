public import LedgerDomain

/// The input of a bank reconciliation: one account at the end of a business date.
public struct BankReconciliationInput: Sendable {
  /// The account.
  public let account: BankAccount
  /// The business date.
  public let date: BusinessDate
  /// The ledger's closing balance: debits less credits, in minor units.
  public let ledgerClosingMinor: AmountMinor
  /// The account's statements of the date, in any order; none if the bank has not delivered.
  public let statements: [BankStatement]
  /// The closing balance of the account's last statement before this date, if there was one.
  public let priorStatementClosingMinor: AmountMinor?
  /// What was outstanding when the last date closed, of both sides.
  public let carriedOver: [OutstandingItem]
  /// The ledger's items of this date.
  public let ledgerItems: [BankItem]

  /// Creates a position.
  public init(
    account: BankAccount, date: BusinessDate, ledgerClosingMinor: AmountMinor,
    statements: [BankStatement], priorStatementClosingMinor: AmountMinor?,
    carriedOver: [OutstandingItem], ledgerItems: [BankItem]
  ) {
    self.account = account
    self.date = date
    self.ledgerClosingMinor = ledgerClosingMinor
    self.statements = statements
    self.priorStatementClosingMinor = priorStatementClosingMinor
    self.carriedOver = carriedOver
    self.ledgerItems = ledgerItems
  }
}

/// The result of comparing an account with the bank.
public struct BankReconciliationResult: Sendable {
  /// The comparison, with what is outstanding now.
  public let reconciliation: BankReconciliation
  /// The items matched on this date.
  public let matches: [BankMatch]
  /// What is wrong with the statements, and one finding for each ambiguous group.
  public let findings: [Finding]
  /// Whether the account is reconciled; inconclusive without a statement. Its scope is the reference.
  public let tieOut: TieOut
}
