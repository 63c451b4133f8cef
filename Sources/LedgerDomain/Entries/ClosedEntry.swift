/// An entry that a close accepted, as closes of other dates see it.
public struct ClosedEntry: Hashable, Sendable {
  /// The business date of the close.
  public let date: BusinessDate
  /// The fingerprint of its effective date and lines.
  public let content: UInt64

  /// Creates a value.
  public init(date: BusinessDate, content: UInt64) {
    self.date = date
    self.content = content
  }
}

/// An entry that reverses another one.
public struct EntryReversal: Hashable, Comparable, Sendable {
  /// The entry that is reversed.
  public let reversed: JournalEntryID
  /// The entry that reverses it.
  public let entry: JournalEntryID

  /// Creates a value.
  public init(reversed: JournalEntryID, entry: JournalEntryID) {
    self.reversed = reversed
    self.entry = entry
  }

  /// Orders values as the store sorts rows.
  public static func < (left: EntryReversal, right: EntryReversal) -> Bool {
    (left.reversed, left.entry) < (right.reversed, right.entry)
  }
}
