public import LedgerDomain

/// Whether opening + movement = closing, key by key.
public enum RollforwardCheck {
  /// The comparisons: one for each currency, layer and side, and one that counts the keys that fail.
  ///
  /// - Parameter rows: every key's way; the closing as it was stored.
  public static func tieOuts(_ rows: [RollforwardRow]) -> [TieOut] {
    var sums: [CurrencyLayer: (expected: WideTotals, closing: WideTotals)] = [:]
    var failing: [BalanceKey] = []
    for row in rows {
      var expected = WideTotals()
      [row.opening, row.backdated, row.movement].forEach { expected.add($0) }
      if expected.narrowed != row.closing { failing.append(row.key) }
      var sum = sums[row.key.pair] ?? (WideTotals(), WideTotals())
      sum.expected.add(expected)
      sum.closing.add(row.closing)
      sums[row.key.pair] = sum
    }
    let named = failing.prefix(5).map(\.description).joined(separator: ", ")
    let keys = TieOut(
      .rollforward, scope: "keys", expected: 0, actual: Int128(failing.count),
      detail: failing.isEmpty
        ? "Opening + backdated + movement = closing for every key (\(rows.count.counted("key")))."
        : "Keys whose closing is not opening + backdated + movement: \(named).")
    return [keys]
      + sums.sorted { $0.key < $1.key }.flatMap { pair, sum in
        [
          TieOut(
            .rollforward, scope: "\(pair) DR", expected: sum.expected.debitMinor,
            actual: sum.closing.debitMinor, detail: "Opening + movement against closing, debits."),
          TieOut(
            .rollforward, scope: "\(pair) CR", expected: sum.expected.creditMinor,
            actual: sum.closing.creditMinor, detail: "Opening + movement against closing, credits."),
        ]
      }
  }
}
