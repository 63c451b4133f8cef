import LedgerDomain
import Reconciliation
import SnapshotStore

/// The chart that a close is stored with: the job's, and the accounts that left it but have balances.
///
/// Whoever reads the close finds every account in it, with the name and the normal side that the close
/// used. A job's chart alone would leave balances without a sign.
struct ClosingChart {
  let reader: BookReader
  let state: TenantState?

  /// The chart to store with a close.
  ///
  /// - Parameter draft: the books that the close is about to write, with the job's chart.
  func chart(for draft: CloseDraft) throws -> ChartOfAccounts {
    // At the first close, only accounts of the chart can have balances.
    guard let state else { return draft.chart }
    var missing: Set<AccountCode> = []
    for row in draft.rollforward where !draft.chart.contains(row.key.account) {
      missing.insert(row.key.account)
    }
    for restated in draft.restatements where !draft.chart.contains(restated.key.account) {
      missing.insert(restated.key.account)
    }
    // A date that is closed again may not have all accounts that later dates have.
    if draft.replaces != nil {
      for balance in try reader.balances(state, date: state.closedThrough)
      where !draft.chart.contains(balance.key.account) { missing.insert(balance.key.account) }
    }
    if missing.isEmpty { return draft.chart }
    let before = try reader.lastChart(state)
    return draft.chart.keeping(
      try missing.compactMap { code in
        try before[code] ?? reader.lastAccount(code, state, through: state.lastClose)
      })
  }

  /// What changed in the chart since the close before in the tenant's chain.
  ///
  /// A close that replaces another repeats the changes that the other found, as far as they still hold:
  /// otherwise closing a date again would take them out of its reports.
  ///
  /// - Parameters:
  ///   - draft: the books of the close.
  ///   - pending: the close, with its books written.
  func findings(_ draft: CloseDraft, _ pending: PendingClose) throws -> [Finding] {
    guard let state else { return [] }
    // Usually nothing changed, and nothing is compared.
    let isUnchanged = pending.usesPreviousChart && !draft.chart.accounts.contains(where: \.hasLeft)
    guard let replaced = draft.replaces else {
      return isUnchanged
        ? []
        : ChartChangeCheck.findings(
          draft.rollforward, date: draft.businessDate, chart: draft.chart,
          before: try reader.lastChart(state))
    }
    let found =
      isUnchanged
      ? []
      : ChartChangeCheck.findings(
        try lastDateRows(state), date: state.closedThrough, chart: draft.chart,
        before: try reader.lastChart(state))
    return try found + repeated(replaced, draft.chart, besides: found)
  }

  /// The balances of the last closed date, as the close before left them and as they are now.
  private func lastDateRows(_ state: TenantState) throws -> [RollforwardRow] {
    let date = state.closedThrough
    let earlier = Dictionary(
      try reader.balances(state, date: date, knownAt: state.lastClose).map {
        ($0.key, $0.totals)
      }, uniquingKeysWith: { $1 })
    return try reader.balances(state, date: date).map {
      RollforwardRow(
        key: $0.key, opening: earlier[$0.key] ?? .zero, backdated: .zero, movement: .zero,
        closing: $0.totals)
    }
  }

  private func repeated(
    _ replaced: CloseID, _ chart: ChartOfAccounts, besides found: [Finding]
  ) throws -> [Finding] {
    let old = try reader.findings(replaced).filter {
      $0.code == .accountChanged || $0.code == .accountLeftChart
    }
    if old.isEmpty { return [] }
    let chartThen = try reader.chart(of: replaced)
    return old.filter { finding in
      guard let code = finding.account, chart[code] == chartThen[code] else { return false }
      return !found.contains {
        $0.code == finding.code && $0.account == code && $0.field == finding.field
      }
    }
  }
}
