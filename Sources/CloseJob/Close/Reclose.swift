import DailyClose
import LedgerDomain
import SnapshotStore

/// Closes a closed date again: replaces its movements and restates every later date.
///
/// The date's balances are rebuilt from those of the date before and all movements effective on the
/// date. The restatements are derived independently, from the stored balances and the changes. Both
/// must agree on the date itself; otherwise the stored books contradict their movements, and nothing
/// is written.
struct Reclose {
  let reader: BookReader
  let state: TenantState
  let replaced: CloseHeader

  /// What the new close writes.
  ///
  /// - Throws: `BalanceOverflow`; `StoreError` with `altered_store` if the books contradict themselves.
  func draft(_ input: DateInput) throws -> CloseDraft {
    let task = input.task
    let movements = try input.tally.movements()
    let changes = MovementDiff.between(
      old: try reader.movements(replaced.closeID), new: movements)
    let restatements = try RestatementBuilder.restatements(
      firstDate: state.firstDate, lastDate: state.closedThrough, changes: changes
    ) { key, date in try reader.balance(state, key: key, date: date) }
    let rollforward = try rollforward(task.date, movements: movements, changes: changes)
    try check(restatements, against: rollforward, date: task.date)
    return CloseDraft(
      tenant: task.tenant, businessDate: task.date, chart: task.chart, openings: [],
      movements: movements, rollforward: rollforward, restatements: restatements,
      input: input.tally.input, replaces: replaced.closeID)
  }

  private func rollforward(
    _ date: BusinessDate, movements: [Movement], changes: [Movement]
  ) throws -> [RollforwardRow] {
    let opening =
      date == state.firstDate
      ? try reader.openings(state)
      : try reader.balances(state, date: date.advanced(by: -1))
    let backdated = try reader.backdatedAtReclose(state, date: date, changes: changes)
    return try RollforwardBuilder.rows(
      date: date, opening: opening,
      movements: backdated + movements.filter { $0.effectiveDate == date },
      nowEffective: try reader.movementsFromOtherDates(state, on: date),
      keys: try reader.balances(state, date: date).map(\.key))
  }

  private func check(
    _ restatements: [Restatement], against rollforward: [RollforwardRow], date: BusinessDate
  ) throws {
    var expected: [BalanceKey: DebitCreditTotals] = [:]
    for balance in try reader.balances(state, date: date) { expected[balance.key] = balance.totals }
    for restatement in restatements {
      guard restatement.after.debitMinor >= 0, restatement.after.creditMinor >= 0 else {
        throw contradiction(restatement.key, restatement.asOfDate)
      }
      if restatement.asOfDate == date { expected[restatement.key] = restatement.after }
    }
    for row in rollforward where expected[row.key] != row.closing {
      throw contradiction(row.key, date)
    }
  }

  private func contradiction(_ key: BalanceKey, _ date: BusinessDate) -> StoreError {
    StoreError(
      .alteredStore,
      "the stored balance of \(key) as of \(date) does not match the stored movements. Run tieout verify "
        + "to find what was changed, and restore the store from a backup.")
  }
}
