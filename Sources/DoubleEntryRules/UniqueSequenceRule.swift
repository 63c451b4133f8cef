public import LedgerDomain

/// No two lines of an entry have the same sequence.
public struct UniqueSequenceRule: EntryRule, Sendable {
  /// The rule.
  public init() {}

  /// Whether the entry satisfies the rule.
  public func holds(for entry: JournalEntry) -> Bool {
    var seen: UInt64 = 0
    for line in entry.lines {
      guard line.sequence < 64 else { return repeatedIndex(in: entry) == nil }
      let bit = UInt64(1) << UInt64(UInt16(bitPattern: line.sequence))
      if seen & bit != 0 { return false }
      seen |= bit
    }
    return true
  }

  /// The findings for an entry that violates the rule; empty for one that satisfies it.
  public func findings(for entry: JournalEntry) -> [Finding] {
    guard let index = repeatedIndex(in: entry) else { return [] }
    return [
      Finding(
        .duplicateSequence, entry, field: "lines[\(index)].sequence",
        message:
          "Two lines of the entry have sequence \(entry.lines[index].sequence). Have the "
          + "entry corrected in the ledger.")
    ]
  }

  /// The first line whose sequence an earlier line has.
  private func repeatedIndex(in entry: JournalEntry) -> Int? {
    var seen: Set<Int16> = []
    return entry.lines.firstIndex { !seen.insert($0.sequence).inserted }
  }
}
