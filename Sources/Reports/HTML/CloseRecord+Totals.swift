import LedgerDomain

extension CloseRecord {
  /// Debits and credits over all accounts, by currency and layer in their order.
  var closingTotals: [CurrencyLayerTotals] {
    var sums: [CurrencyLayer: WideTotals] = [:]
    for row in rollforward { sums[row.key.pair, default: WideTotals()].add(row.closing) }
    return sums.sorted { $0.key < $1.key }.map {
      CurrencyLayerTotals(pair: $0.key, totals: $0.value)
    }
  }

  /// The rows of each currency and layer, in their order.
  var rollforwardByPair: [(pair: CurrencyLayer, rows: [RollforwardRow])] {
    Dictionary(grouping: rollforward) { $0.key.pair }.sorted { $0.key < $1.key }.map {
      ($0.key, $0.value)
    }
  }
}
