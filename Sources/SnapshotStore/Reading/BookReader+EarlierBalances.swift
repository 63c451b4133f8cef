public import LedgerDomain

extension BookReader {
  /// The balances of earlier dates that a close's reports compare its balances with, as known at the close. The
  /// day before the first close has the opening balances, if there are any.
  ///
  /// - Parameter rows: the roll-forward of the close, in the order of the keys.
  /// - Complexity: one range of rows for each date.
  public func earlierBalances(
    _ state: TenantState, _ header: CloseHeader, of rows: [RollforwardRow]
  ) throws -> [EarlierBalances] {
    try ChangeBasis.allCases.map { basis in
      let date = basis.date(before: header.businessDate)
      guard let balances = try earlierBalances(state, date, knownAt: header.closeID) else {
        return EarlierBalances(basis: basis, date: date, totals: nil)
      }
      var rest = balances[...]
      let totals = rows.map { row in
        while let first = rest.first, first.key < row.key { rest.removeFirst() }
        guard let first = rest.first, first.key == row.key else { return DebitCreditTotals.zero }
        return first.totals
      }
      return EarlierBalances(basis: basis, date: date, totals: totals)
    }
  }

  /// The balances of a date in the order of their keys; `nil` if none are known.
  private func earlierBalances(
    _ state: TenantState, _ date: BusinessDate, knownAt close: CloseID
  ) throws -> [Balance]? {
    if date >= state.firstDate { return try balances(state, date: date, knownAt: close) }
    guard date == state.firstDate.advanced(by: -1) else { return nil }
    let openings = try openings(state).sorted { $0.key < $1.key }
    return openings.isEmpty ? nil : openings
  }
}
