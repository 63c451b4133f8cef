/// What a person decided about items that no rule matches: a match by hand, or a write-off.
///
/// Items of both sides are a match, items of one side a write-off. What their sums differ by is written
/// off in either case, and counts as an explained part of the account's difference from then on.
public struct BankSettlement: Hashable, Sendable {
  /// What tells it from the account's other settlements.
  public let number: Int
  /// The business date from which on it counts.
  public let date: BusinessDate
  /// The items, each once, in order.
  public let items: [BankItemKey]

  /// Creates a settlement.
  public init(number: Int, date: BusinessDate, items: [BankItemKey]) {
    self.number = number
    self.date = date
    self.items = Set(items).sorted()
  }
}
