public import LedgerDomain

/// An entry was posted on the business date of its directory, so that it belongs to one date only.
public struct PostedDateRule: EntryRule, Sendable {
  private let date: BusinessDate
  private let seconds: Range<Int64>

  /// The rule for a business date.
  ///
  /// - Parameter seconds: the date in the ledger's time zone, in seconds since 1970-01-01 UTC.
  public init(date: BusinessDate, seconds: Range<Int64>) {
    self.date = date
    self.seconds = seconds
  }

  /// Whether the entry satisfies the rule.
  public func holds(for entry: JournalEntry) -> Bool {
    seconds.contains(entry.posted.second)
  }

  /// The findings for an entry that violates the rule; empty for one that satisfies it.
  public func findings(for entry: JournalEntry) -> [Finding] {
    if holds(for: entry) { return [] }
    let side = entry.posted.second < seconds.lowerBound ? "before" : "after"
    return [
      Finding(
        .postedOutsideDate, entry, field: "posted_at",
        message: "The entry was posted \(side) \(date), the date of its directory, in the ledger's "
          + "time zone. Have the exporter write it to the directory of its posting date.")
    ]
  }
}
