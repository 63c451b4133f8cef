public import LedgerDomain

/// Whether a close left the balances of the locked period as they were.
public enum LockedPeriodCheck {
  /// The comparison: it counts the balances of locked dates that the close restates.
  ///
  /// - Parameters:
  ///   - lockedThrough: the last date of the locked period; `nil` if the job has none.
  ///   - restatements: what the close restates.
  public static func tieOut(
    lockedThrough: BusinessDate?, restatements: [Restatement]
  ) -> TieOut {
    guard let lockedThrough else {
      return .inconclusive(.lockedPeriod, detail: "The job has no locked period.")
    }
    let restated = restatements.filter { $0.asOfDate <= lockedThrough }
    let keys = Set(restated.map(\.key)).sorted()
    let named = keys.prefix(5).map(\.description).joined(separator: ", ")
    let first = restated.map(\.asOfDate).min().map { " from \($0) on" } ?? ""
    return TieOut(
      .lockedPeriod, scope: "balances through \(lockedThrough)", expected: 0,
      actual: Int128(restated.count),
      detail: restated.isEmpty
        ? "No balance of the locked period is restated."
        : "Balances of \(keys.count.counted("key")) in the locked period are restated\(first): \(named). See "
          + "restatements.csv. Accept the restatement, or have the entries reversed and posted in an open "
          + "period.")
  }
}
