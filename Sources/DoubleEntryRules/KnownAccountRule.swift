public import LedgerDomain

/// Every line's account is in the chart.
public struct KnownAccountRule: EntryRule, Sendable {
  private let chart: ChartOfAccounts

  /// The rule for that chart.
  public init(chart: ChartOfAccounts) {
    self.chart = chart
  }

  /// Whether the entry satisfies the rule.
  public func holds(for entry: JournalEntry) -> Bool {
    for line in entry.lines where !chart.contains(line.key.account) { return false }
    return true
  }

  /// The findings for an entry that violates the rule; empty for one that satisfies it.
  public func findings(for entry: JournalEntry) -> [Finding] {
    guard let index = entry.lines.firstIndex(where: { !chart.contains($0.key.account) }) else {
      return []
    }
    let line = entry.lines[index]
    var finding = Finding(
      .unknownAccount, entry, field: "lines[\(index)].account_code",
      message:
        "Account \(line.key.account) is not in the chart of accounts. Add it to the chart, or "
        + "have the entry corrected in the ledger.")
    finding.account = line.key.account
    finding.currency = line.key.currency
    finding.layer = line.key.layer
    if line.direction == .debit {
      finding.debitMinor = line.amountMinor
    } else {
      finding.creditMinor = line.amountMinor
    }
    return [finding]
  }
}
