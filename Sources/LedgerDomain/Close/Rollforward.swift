/// How one key's balance moved from the previous date to this one.
///
/// `opening + backdated + movement = closing` on both sides; the opening is what the books said at
/// the previous close, so that backdated entries show as what they are.
public struct RollforwardRow: Hashable, Sendable {
  /// The account, currency and layer.
  public let key: BalanceKey
  /// The previous date's balance, as known before this close.
  public var opening: DebitCreditTotals
  /// This close's entries that count from an earlier date.
  public var backdated: DebitCreditTotals
  /// What counts from the date itself: this close's entries, and earlier future-dated ones.
  public var movement: DebitCreditTotals
  /// The balance at the end of the date.
  public var closing: DebitCreditTotals

  /// Creates a row.
  public init(
    key: BalanceKey, opening: DebitCreditTotals, backdated: DebitCreditTotals,
    movement: DebitCreditTotals, closing: DebitCreditTotals
  ) {
    self.key = key
    self.opening = opening
    self.backdated = backdated
    self.movement = movement
    self.closing = closing
  }
}

/// A new version of an earlier closed date's balance.
public struct Restatement: Hashable, Sendable {
  /// The account, currency and layer.
  public let key: BalanceKey
  /// The date whose balance changed.
  public let asOfDate: BusinessDate
  /// The balance before; zero if the key had none.
  public let before: DebitCreditTotals
  /// The balance after.
  public let after: DebitCreditTotals

  /// Creates a restatement.
  public init(
    key: BalanceKey, asOfDate: BusinessDate, before: DebitCreditTotals, after: DebitCreditTotals
  ) {
    self.key = key
    self.asOfDate = asOfDate
    self.before = before
    self.after = after
  }
}

/// A sum of amounts exceeded 2^63 − 1. The close fails: a balance never wraps.
public struct BalanceOverflow: Error, Hashable, Sendable, CustomStringConvertible {
  /// The key whose sum it is.
  public let key: BalanceKey
  /// The date of the sum.
  public let date: BusinessDate

  /// The overflow of that key's sum.
  public init(key: BalanceKey, date: BusinessDate) {
    self.key = key
    self.date = date
  }

  /// A sentence with the remedy.
  public var description: String {
    "the debits or credits of \(key) as of \(date) exceed 2^63 − 1 minor units. Look for an amount in "
      + "the wrong unit among its entries."
  }
}
