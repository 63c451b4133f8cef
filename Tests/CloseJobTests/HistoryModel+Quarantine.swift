import LedgerDomain

extension HistoryModel {
  /// The rows of the tie-out `open_quarantine` of a close: scope, status, expected and found.
  func openQuarantine(before date: BusinessDate) -> [String] {
    let open = currentIndex.keys.filter { $0 < date }.flatMap { current($0)?.open ?? [] }
    if open.isEmpty { return ["open_quarantine records pass 0 0"] }
    return ["open_quarantine records fail 0 \(open.count)"]
      + Self.sums(open.map(\.record.entry)).map { pair, sum in
        "open_quarantine \(pair) fail 0 \(max(sum.debit, sum.credit))"
      }
  }

  /// Debits and credits by currency and layer, without pairs that have none.
  static func sums(_ entries: [ModelEntry]) -> [String: (debit: Int64, credit: Int64)] {
    var sums: [String: (debit: Int64, credit: Int64)] = [:]
    for line in entries.flatMap(\.lines) {
      let pair = "\(line.currency) \(line.layer)"
      sums[pair, default: (0, 0)].debit += line.isDebit ? line.amount : 0
      sums[pair, default: (0, 0)].credit += line.isDebit ? 0 : line.amount
    }
    return sums.filter { $0.value != (0, 0) }
  }
}
