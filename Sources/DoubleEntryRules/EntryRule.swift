public import LedgerDomain

/// One check of a journal entry that was read well.
public protocol EntryRule {
  /// Whether the entry keeps the rule. Allocates nothing: it is asked for every entry.
  func holds(for entry: JournalEntry) -> Bool
  /// What to report of an entry that breaks the rule; empty for one that keeps it.
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
