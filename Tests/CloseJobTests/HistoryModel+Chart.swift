import LedgerDomain

/// Balances before and after a close, of the date whose accounts are compared with the chart.
struct BalancesAround {
  let opening: ModelBalances
  let closing: ModelBalances
  /// Balances whose accounts the chart keeps as well.
  let others: ModelBalances
}

extension HistoryModel {
  private static func account(_ key: ModelKey) -> Int { Int(key.prefix(4)) ?? 0 }

  private static func isOpen(_ totals: String?) -> Bool {
    let parts = (totals ?? "0 0").split(separator: " ")
    return parts.first != parts.last
  }

  /// The chart that the last close is stored with, and what changed since the close before.
  ///
  /// - Parameters:
  ///   - chart: the chart that its records were checked against.
  ///   - replaced: the close that it replaces.
  func chartChanges(
    _ chart: ModelChart, _ rows: BalancesAround, replaced: ModelClose?
  ) -> (stored: ModelChart, findings: [ModelChartFinding]) {
    let earlier = closes.dropLast()
    guard let before = earlier.last?.chart else { return (chart, []) }
    var stored = chart
    for key in rows.closing.merging(rows.others, uniquingKeysWith: { $1 }).keys {
      let code = Self.account(key)
      guard stored[code] == nil,
        var account = earlier.last(where: { $0.chart[code] != nil })?.chart[code]
      else { continue }
      account.hasLeft = true
      stored[code] = account
    }
    var findings: [ModelChartFinding] = []
    for (code, keys) in Dictionary(grouping: rows.closing.keys, by: Self.account) {
      guard let account = stored[code] else { continue }
      if account.hasLeft {
        let hadLeft =
          before[code]?.hasLeft == true && keys.contains { Self.isOpen(rows.opening[$0]) }
        if hadLeft { continue }
        for key in keys where Self.isOpen(rows.closing[key]) {
          findings.append(
            ModelChartFinding(
              code: .accountLeftChart, account: code, pair: String(key.dropFirst(5))))
        }
      } else if let old = before[code] {
        if old.isDebit != account.isDebit {
          findings.append(
            ModelChartFinding(code: .accountChanged, account: code, field: "normal_side"))
        }
        if old.name != account.name {
          findings.append(
            ModelChartFinding(code: .accountChanged, account: code, field: "account_name"))
        }
      }
    }
    let found = findings
    if let replaced {
      findings += replaced.chartFindings.filter { old in
        stored[old.account] != nil && stored[old.account] == replaced.chart[old.account]
          && !found.contains {
            ($0.code, $0.account, $0.field) == (old.code, old.account, old.field)
          }
      }
    }
    return (stored, findings)
  }
}
