/// An account at a bank whose statements are compared with an account of the ledger.
public struct BankAccount: Hashable, Sendable {
  /// What the job, the reports and the API call it.
  public let reference: String
  /// How statements name it: an IBAN or another number; `reference` unless the job sets it.
  public let statementAccount: String
  /// The ledger's account.
  public let account: AccountCode
  /// Its currency.
  public let currency: CurrencyCode

  /// Creates an account.
  public init(
    reference: String, statementAccount: String, account: AccountCode, currency: CurrencyCode
  ) {
    self.reference = reference
    self.statementAccount = statementAccount
    self.account = account
    self.currency = currency
  }

  /// The balances it is compared with: those that are settled.
  public var key: BalanceKey {
    BalanceKey(account: account, currency: currency, layer: .settled)
  }
}
