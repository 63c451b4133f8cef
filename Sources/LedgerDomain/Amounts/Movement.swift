/// What one key moved by, for one effective date.
public struct Movement: Hashable, Sendable {
  /// The account, currency and layer.
  public let key: BalanceKey
  /// The date from which the movement counts.
  public let effectiveDate: BusinessDate
  /// Debits and credits.
  public var totals: DebitCreditTotals
  /// How many lines it sums up; at least one.
  public var lineCount: Int

  /// Creates the movement.
  public init(
    key: BalanceKey, effectiveDate: BusinessDate, totals: DebitCreditTotals, lineCount: Int
  ) {
    self.key = key
    self.effectiveDate = effectiveDate
    self.totals = totals
    self.lineCount = lineCount
  }
}

/// The balance of one key at the end of a business date.
public struct Balance: Hashable, Sendable {
  /// The account, currency and layer.
  public let key: BalanceKey
  /// Cumulative debits and credits.
  public var totals: DebitCreditTotals

  /// The balance of that key.
  public init(key: BalanceKey, totals: DebitCreditTotals) {
    self.key = key
    self.totals = totals
  }
}
