public import LedgerDomain

/// Takes the balances of the day before to the balances of the day.
public enum RollforwardBuilder {
  /// The way of every key ever seen, in the order of the keys.
  ///
  /// - Parameters:
  ///   - date: the business date.
  ///   - opening: the balances of the day before, as known before this close; none twice.
  ///   - movements: what this close's entries moved. Those after the date are left out.
  ///   - matured: what earlier closes' entries moved that count from this date on.
  /// - Throws: `BalanceOverflow` if a sum passes 2^63 − 1.
  public static func rows(
    date: BusinessDate, opening: [Balance], movements: [Movement], matured: [Movement]
  ) throws(BalanceOverflow) -> [RollforwardRow] {
    var rows: [BalanceKey: RollforwardRow] = [:]
    rows.reserveCapacity(opening.count)
    func row(_ key: BalanceKey) -> RollforwardRow {
      rows[key]
        ?? RollforwardRow(
          key: key, opening: .zero, backdated: .zero, movement: .zero, closing: .zero)
    }
    for balance in opening {
      var row = row(balance.key)
      row.opening = balance.totals
      rows[balance.key] = row
    }
    for movement in movements where movement.effectiveDate <= date {
      var row = row(movement.key)
      if movement.effectiveDate < date {
        row.backdated = try sum(row.backdated, movement.totals, movement.key, date)
      } else {
        row.movement = try sum(row.movement, movement.totals, movement.key, date)
      }
      rows[movement.key] = row
    }
    for movement in matured {
      var row = row(movement.key)
      row.movement = try sum(row.movement, movement.totals, movement.key, date)
      rows[movement.key] = row
    }
    var finished: [RollforwardRow] = []
    finished.reserveCapacity(rows.count)
    // In the order of the keys, so that of several overflows the same one is told every time.
    for var row in rows.values.sorted(by: { $0.key < $1.key }) {
      let restated = try sum(row.opening, row.backdated, row.key, date)
      row.closing = try sum(restated, row.movement, row.key, date)
      finished.append(row)
    }
    return finished
  }

  private static func sum(
    _ left: DebitCreditTotals, _ right: DebitCreditTotals, _ key: BalanceKey, _ date: BusinessDate
  ) throws(BalanceOverflow) -> DebitCreditTotals {
    guard let sum = left.adding(right) else { throw BalanceOverflow(key: key, date: date) }
    return sum
  }
}
