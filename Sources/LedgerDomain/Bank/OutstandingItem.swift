/// An item that is on one side only.
public struct OutstandingItem: Hashable, Sendable {
  /// The item.
  public let item: BankItem
  /// The business date on which it was first outstanding.
  public let since: BusinessDate
  /// The group of items that could be each other's, if it is in one: from 1.
  public let ambiguousGroup: Int?

  /// Creates an item.
  public init(item: BankItem, since: BusinessDate, ambiguousGroup: Int?) {
    self.item = item
    self.since = since
    self.ambiguousGroup = ambiguousGroup
  }

  /// How many days it has been outstanding on a date.
  public func ageDays(on date: BusinessDate) -> Int { max(0, since.days(to: date)) }
}
