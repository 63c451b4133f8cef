public import LedgerDomain

/// Whether debits equal credits: in every entry, over the day, and over all balances.
public enum DoubleEntryCheck {
  /// The comparisons of a close.
  ///
  /// - Parameters:
  ///   - unbalancedCount: findings `unbalanced` of the close.
  ///   - movements: what the close's entries moved, on whatever effective date.
  ///   - rollforward: every key's closing balance.
  public static func tieOuts(
    unbalancedCount: Int, movements: [Movement], rollforward: [RollforwardRow]
  ) -> [TieOut] {
    let entries = TieOut(
      .doubleEntry, scope: "entries", expected: 0, actual: Int128(unbalancedCount),
      detail: "Unbalanced currency and layer pairs of quarantined entries.")
    return [entries]
      + pairs("day", movements.map { ($0.key.pair, $0.totals) })
      + pairs("balances", rollforward.map { ($0.key.pair, $0.closing) })
  }

  private static func pairs(
    _ scope: String, _ totals: [(CurrencyLayer, DebitCreditTotals)]
  ) -> [TieOut] {
    var sums: [CurrencyLayer: WideTotals] = [:]
    for (pair, total) in totals { sums[pair, default: WideTotals()].add(total) }
    return sums.sorted { $0.key < $1.key }.map { pair, sum in
      TieOut(
        .doubleEntry, scope: "\(scope) \(pair)", expected: sum.debitMinor, actual: sum.creditMinor,
        detail: "Credits against debits.")
    }
  }
}
