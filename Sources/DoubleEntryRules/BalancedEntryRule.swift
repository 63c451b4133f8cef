public import LedgerDomain

/// Debits equal credits within each currency and layer of an entry: double entry itself.
public struct BalancedEntryRule: EntryRule, Sendable {
  /// The rule.
  public init() {}

  /// Whether the entry satisfies the rule.
  public func holds(for entry: JournalEntry) -> Bool {
    let lines = entry.lines
    if lines.count > Self.linesComparedMax { return !sums(of: entry).contains(where: isUnequal) }
    for index in lines.indices {
      let pair = lines[index].key.packed & Self.pairMask
      if isEarlier(pair, than: index, in: lines) { continue }
      var difference: Int64 = 0
      for line in lines[index...] where line.key.packed & Self.pairMask == pair {
        let signed = line.direction == .debit ? line.amountMinor : -line.amountMinor
        let (sum, overflow) = difference.addingReportingOverflow(signed)
        if overflow { return !sums(of: entry).contains(where: isUnequal) }
        difference = sum
      }
      if difference != 0 { return false }
    }
    return true
  }

  /// Up to how many lines comparing each with each is cheaper than a table of pairs.
  private static let linesComparedMax = 32
  private static let pairMask: UInt32 = 0x1FFFF

  @inline(__always)
  private func isEarlier(
    _ pair: UInt32, than index: Int, in lines: UnsafeBufferPointer<JournalLine>
  ) -> Bool {
    for line in lines[..<index] where line.key.packed & Self.pairMask == pair { return true }
    return false
  }

  /// The findings for an entry that violates the rule; empty for one that satisfies it.
  public func findings(for entry: JournalEntry) -> [Finding] {
    sums(of: entry).filter(isUnequal).map { pair, totals in
      let difference = totals.debitMinor - totals.creditMinor
      var finding = Finding(
        .unbalanced, entry,
        message: "Debits of \(totals.debitMinor) and credits of \(totals.creditMinor) in \(pair) "
          + "differ by \(difference) minor units. Have the entry corrected in the ledger.")
      finding.currency = pair.currency
      finding.layer = pair.layer
      finding.debitMinor = Int64(exactly: totals.debitMinor)
      finding.creditMinor = Int64(exactly: totals.creditMinor)
      return finding
    }
  }

  private func isUnequal(_ sum: (pair: CurrencyLayer, totals: WideTotals)) -> Bool {
    sum.totals.debitMinor != sum.totals.creditMinor
  }

  /// Debits and credits by pair, in the order of the pairs.
  private func sums(of entry: JournalEntry) -> [(pair: CurrencyLayer, totals: WideTotals)] {
    var sums: [CurrencyLayer: WideTotals] = [:]
    for line in entry.lines {
      sums[line.key.pair, default: WideTotals()].add(line.amountMinor, line.direction)
    }
    return sums.sorted { $0.key < $1.key }.map { (pair: $0.key, totals: $0.value) }
  }
}
