public import LedgerDomain

/// Rolls the balances of the previous date forward to a business date.
public enum RollforwardBuilder {
  /// One row for every key that ever had an entry, in key order.
  ///
  /// - Parameters:
  ///   - date: the business date.
  ///   - opening: the previous date's balances, as known before this close, without duplicates.
  ///   - movements: what this close's entries moved. Those after the date are left out. Where the
  ///     date is closed again, those before it are what that changes, and may be negative.
  ///   - nowEffective: what other closes' entries moved that count from this date on.
  ///   - keys: additional keys that have a balance at the date, even if it is zero.
  /// - Throws: `BalanceOverflow` if a sum passes 2^63 − 1.
  public static func rows(
    date: BusinessDate, opening: [Balance], movements: [Movement], nowEffective: [Movement],
    keys: [BalanceKey] = []
  ) throws(BalanceOverflow) -> [RollforwardRow] {
    var rows: [BalanceKey: RollforwardRow] = [:]
    rows.reserveCapacity(opening.count)
    func row(_ key: BalanceKey) -> RollforwardRow {
      rows[key]
        ?? RollforwardRow(
          key: key, opening: .zero, backdated: .zero, movement: .zero, closing: .zero)
    }
    for key in keys { rows[key] = row(key) }
    for balance in opening {
      var row = row(balance.key)
      row.opening = balance.totals
      rows[balance.key] = row
    }
    for movement in movements where movement.effectiveDate <= date {
      var row = row(movement.key)
      if movement.effectiveDate < date {
        row.backdated = try row.backdated.adding(movement.totals, of: movement.key, asOf: date)
      } else {
        row.movement = try row.movement.adding(movement.totals, of: movement.key, asOf: date)
      }
      rows[movement.key] = row
    }
    for movement in nowEffective {
      var row = row(movement.key)
      row.movement = try row.movement.adding(movement.totals, of: movement.key, asOf: date)
      rows[movement.key] = row
    }
    var finished: [RollforwardRow] = []
    finished.reserveCapacity(rows.count)
    // In the order of the keys, so that of several overflows always the same one is reported.
    for var row in rows.values.sorted(by: { $0.key < $1.key }) {
      let restated = try row.opening.adding(row.backdated, of: row.key, asOf: date)
      row.closing = try restated.adding(row.movement, of: row.key, asOf: date)
      finished.append(row)
    }
    return finished
  }
}
