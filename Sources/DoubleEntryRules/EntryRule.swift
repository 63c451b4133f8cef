public import LedgerDomain

/// A check of a well-formed journal entry.
public protocol EntryRule {
  /// Whether the entry satisfies the rule. Must not allocate: it runs for every entry.
  func holds(for entry: JournalEntry) -> Bool
  /// The findings for an entry that violates the rule; empty for one that satisfies it.
  func findings(for entry: JournalEntry) -> [Finding]
}

extension Finding {
  /// A finding about an entry.
  init(_ code: FindingCode, _ entry: JournalEntry, field: String? = nil, message: String) {
    self.init(code, message: message)
    self.entry = entry.id
    self.field = field
  }
}
