import LedgerDomain

/// The balances of a column, with the order of rows that they prove.
struct RunningBalances {
  /// The balance before the oldest row.
  let openingMinor: AmountMinor
  /// The balance after the newest row.
  let closingMinor: AmountMinor

  /// The balances of rows from the oldest to the newest; a break if they contradict each other.
  ///
  /// - Parameter isNegated: whether to try each amount with the other sign.
  static func prove(
    _ rows: [TableBooking], isNegated: Bool = false
  ) -> Result<RunningBalances, RunningBalancesBreak> {
    var opening: Int128?
    var balance: Int128 = 0
    for row in rows {
      balance += isNegated ? -Int128(row.amountMinor) : Int128(row.amountMinor)
      guard let stated = row.balanceMinor else { continue }
      if opening == nil {
        opening = Int128(stated) - balance
        balance = Int128(stated)
      } else if balance != Int128(stated) {
        return .failure(
          RunningBalancesBreak(row: row, expectedMinor: AmountMinor(exactly: balance)))
      }
    }
    guard let last = rows.last, let closing = last.balanceMinor, let opening,
      let openingMinor = AmountMinor(exactly: opening)
    else {
      return .failure(RunningBalancesBreak(row: rows.last, expectedMinor: nil))
    }
    return .success(RunningBalances(openingMinor: openingMinor, closingMinor: closing))
  }

  /// Whether each amount without its sign is the difference between two balances: then the signs
  /// are wrong.
  static func fitWithoutSigns(_ rows: [TableBooking]) -> Bool {
    for (previous, next) in zip(rows, rows.dropFirst()) {
      guard let before = previous.balanceMinor, let after = next.balanceMinor,
        (Int128(after) - Int128(before)).magnitude == Int128(next.amountMinor).magnitude
      else { return false }
    }
    return rows.count > 1
  }
}

/// Why balances prove nothing: a row that contradicts them, or the newest row without a balance.
struct RunningBalancesBreak: Error {
  let row: TableBooking?
  /// The balance that the rows before it lead to.
  let expectedMinor: AmountMinor?
}
