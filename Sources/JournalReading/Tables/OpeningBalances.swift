public import LedgerDomain

/// A tenant's opening balances, as a table has them.
public struct OpeningBalances: Hashable, Sendable {
  /// The balances, in the order of their keys.
  public let balances: [Balance]
  /// The date that they are as of; `nil` if the table does not say, or has none of the tenant.
  public let asOf: BusinessDate?

  /// No balances.
  public static let none = OpeningBalances(balances: [], asOf: nil)

  /// Creates opening balances.
  public init(balances: [Balance], asOf: BusinessDate?) {
    self.balances = balances
    self.asOf = asOf
  }
}
