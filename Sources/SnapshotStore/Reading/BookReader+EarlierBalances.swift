public import LedgerDomain

extension BookReader {
  /// The balances of earlier dates that a close's reports compare its balances with, as known at the close.
  ///
  /// - Parameter rows: the roll-forward of the close, in the order of the keys.
  /// - Complexity: one range of rows for each date.
  public func earlierBalances(
    _ state: TenantState, _ header: CloseHeader, of rows: [RollforwardRow]
  ) throws -> [EarlierBalances] {
    try ChangeBasis.allCases.map { basis in
      let date = basis.date(before: header.businessDate)
      guard date >= state.firstDate else {
        return EarlierBalances(basis: basis, date: date, totals: nil)
      }
      var rest = try balances(state, date: date, knownAt: header.closeID)[...]
      let totals = rows.map { row in
        while let first = rest.first, first.key < row.key { rest.removeFirst() }
        guard let first = rest.first, first.key == row.key else { return DebitCreditTotals.zero }
        return first.totals
      }
      return EarlierBalances(basis: basis, date: date, totals: totals)
    }
  }
}
