public import LedgerDomain

/// Every line's currency is in ISO 4217.
public struct KnownCurrencyRule: EntryRule, Sendable {
  private let digits = ISO4217.minorUnitDigits

  /// The rule.
  public init() {}

  /// Whether the entry satisfies the rule.
  public func holds(for entry: JournalEntry) -> Bool {
    for line in entry.lines where isUnknown(line) { return false }
    return true
  }

  /// The findings for an entry that violates the rule; empty for one that satisfies it.
  public func findings(for entry: JournalEntry) -> [Finding] {
    guard let index = entry.lines.firstIndex(where: isUnknown) else { return [] }
    let currency = entry.lines[index].key.currency
    var finding = Finding(
      .unknownCurrency, entry, field: "lines[\(index)].currency",
      message: "ISO 4217 has no currency '\(currency)'. Have the entry corrected in the ledger.")
    finding.currency = currency
    return [finding]
  }

  @inline(__always)
  private func isUnknown(_ line: JournalLine) -> Bool {
    digits[Int(line.key.packed >> 2 & 0x7FFF)] == ISO4217.unknown
  }
}
