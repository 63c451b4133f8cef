/// An entry that made a close restate an earlier date: what it moved on one key.
public struct RestatingEntry: Hashable, Sendable {
  /// The account, currency and layer.
  public let key: BalanceKey
  /// The entry.
  public let entry: JournalEntryID
  /// The date it counts from.
  public let effectiveDate: BusinessDate
  /// When the ledger recorded it.
  public let posted: PostedInstant
  /// Its debits and credits on the key.
  public let totals: DebitCreditTotals
  /// The part it was read from.
  public let file: String
  /// Its record in the part, from 1.
  public let record: Int

  /// Creates an entry.
  public init(
    key: BalanceKey, entry: JournalEntryID, effectiveDate: BusinessDate, posted: PostedInstant,
    totals: DebitCreditTotals, file: String, record: Int
  ) {
    self.key = key
    self.entry = entry
    self.effectiveDate = effectiveDate
    self.posted = posted
    self.totals = totals
    self.file = file
    self.record = record
  }
}

/// How many entries restated a key, and how many of them are listed.
public struct RestatingCount: Hashable, Sendable {
  /// The account, currency and layer.
  public let key: BalanceKey
  /// All of them; exact.
  public let count: Int
  /// How many have a row; the rest passed the limit.
  public let kept: Int

  /// Creates a count.
  public init(key: BalanceKey, count: Int, kept: Int) {
    self.key = key
    self.count = count
    self.kept = kept
  }
}
