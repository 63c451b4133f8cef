/// What a person decided about items that nothing matched, and why.
public struct SettlementDecision: Hashable, Sendable {
  /// What was decided.
  public enum Kind: String, Sendable, CaseIterable {
    /// The items are the same movement.
    case match
    /// The items need no counterpart.
    case writeOff = "write_off"
  }

  /// An item that it is about.
  public struct Item: Hashable, Sendable {
    /// What tells it from the account's other items.
    public let key: BankItemKey
    /// Its amount when it was settled, signed, in minor units.
    public let amountMinor: AmountMinor
    /// When it was booked.
    public let date: BusinessDate

    /// Creates an item.
    public init(key: BankItemKey, amountMinor: AmountMinor, date: BusinessDate) {
      self.key = key
      self.amountMinor = amountMinor
      self.date = date
    }
  }

  /// Its number, which undoing names.
  public let number: Int
  /// What was decided.
  public let kind: Kind
  /// The business date from which on it counts.
  public let date: BusinessDate
  /// The items.
  public let items: [Item]
  /// Who decided.
  public let name: String
  /// Why.
  public let note: String
  /// When, RFC 3339 in UTC.
  public let settledAt: String

  /// Creates a decision.
  public init(
    number: Int, kind: Kind, date: BusinessDate, items: [Item], name: String, note: String,
    settledAt: String
  ) {
    self.number = number
    self.kind = kind
    self.date = date
    self.items = items
    self.name = name
    self.note = note
    self.settledAt = settledAt
  }

  /// What it means for the account's reconciliations.
  public var settlement: BankSettlement {
    BankSettlement(number: number, date: date, items: items.map(\.key))
  }
}
