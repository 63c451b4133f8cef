import LedgerDomain

/// Finds the order of an account's rows and the balances that they prove.
struct BookingOrderChoice {
  let mapping: StatementCSVMapping
  let columns: TableColumns
  let currency: CurrencyCode

  /// The order of booked rows that have a balance column.
  ///
  /// - Throws: `StatementFault` that names the line and the likeliest setting to change.
  func proven(
    _ rows: [TableBooking]
  ) throws(StatementFault) -> (order: BookingOrder, balances: RunningBalances) {
    let falling = BookingOrder.areDatesFalling(rows)
    let candidates = candidates(falling)
    var found: (order: BookingOrder, balances: RunningBalances)?
    for order in candidates {
      guard case .success(let balances) = RunningBalances.prove(order.arrange(rows)) else {
        continue
      }
      guard let first = found else {
        found = (order, balances)
        if falling != nil || mapping.isNewestFirst != nil { break }
        continue
      }
      if first.balances.closingMinor != balances.closingMinor {
        throw StatementFault(
          "has rows of one day whose balances agree with either order. Set csv_newest_first to "
            + "true or "
            + "false.", line: rows.first?.line)
      }
    }
    if let found { return found }
    throw fault(rows, candidates)
  }

  /// The order of rows without balances: their dates tell it, else the mapping.
  func unproven(_ rows: [TableBooking]) -> BookingOrder {
    BookingOrder.areDatesFalling(rows) ?? mapping.isNewestFirst ?? false
      ? .newestFirst : .oldestFirst
  }

  /// What to say of an order that neither the mapping nor the dates give.
  func note(_ order: BookingOrder, _ rows: [TableBooking]) -> StatementNote? {
    if let isNewestFirst = mapping.isNewestFirst {
      if order == (isNewestFirst ? .newestFirst : .oldestFirst) { return nil }
      return StatementNote(
        "The balances and dates show \(order.description), and the table was read so, although "
          + "csv_newest_first is \(isNewestFirst).")
    }
    let isNewestFirst = BookingOrder.areDatesFalling(rows) ?? false
    if order == (isNewestFirst ? .newestFirst : .oldestFirst) { return nil }
    return StatementNote("The balances show \(order.description), and the table was read so.")
  }

  /// The orders to try, those first that the mapping speaks for. Dates that only rise or only fall leave no
  /// doubt which day comes first.
  private func candidates(_ falling: Bool?) -> [BookingOrder] {
    let isNewestFirst = mapping.isNewestFirst
    switch falling {
    case true:
      return isNewestFirst == false
        ? [.newestDayFirst, .newestFirst] : [.newestFirst, .newestDayFirst]
    case false:
      return isNewestFirst == true
        ? [.newestFirstInDay, .oldestFirst] : [.oldestFirst, .newestFirstInDay]
    case nil:
      return isNewestFirst == true
        ? [.newestFirst, .oldestFirst, .newestDayFirst, .newestFirstInDay]
        : [.oldestFirst, .newestFirst, .newestFirstInDay, .newestDayFirst]
    }
  }

  // MARK: Faults

  private func fault(_ rows: [TableBooking], _ candidates: [BookingOrder]) -> StatementFault {
    let arranged = candidates.map { $0.arrange(rows) }
    // One row alone proves no sign.
    for rows in arranged where rows.count > 1 {
      if case .success = RunningBalances.prove(rows, isNegated: true) { return exchanged(rows) }
    }
    for rows in arranged where RunningBalances.fitWithoutSigns(rows) { return unsigned(rows) }
    guard case .failure(let found) = RunningBalances.prove(arranged[0]), let row = found.row else {
      return StatementFault("has no balances. Compare csv_balance with the file.")
    }
    let column = columns.balance.map(columns.name) ?? ""
    guard let stated = row.balanceMinor else {
      return StatementFault(
        "is the newest row and has no balance in \(column), so the closing balance is unknown. "
          + "Check "
          + "csv_newest_first and csv_balance; for rows that are not booked, set csv_status.",
        line: row.line)
    }
    guard let expected = found.expectedMinor else {
      return StatementFault(
        "leads to a balance of more than 2^63 − 1 minor units. Check \(amountSettings) and "
          + "csv_balance.",
        line: row.line)
    }
    return StatementFault(
      "has the balance \(text(stated)) in \(column), but the rows before it lead to "
        + "\(text(expected)). A row "
        + "is missing or damaged, or the mapping is wrong: check \(amountSettings), csv_balance "
        + "and "
        + "csv_newest_first; for rows that are not booked, set csv_status.", line: row.line)
  }

  /// The balances rise where the amounts are negative, in all rows.
  private func exchanged(_ rows: [TableBooking]) -> StatementFault {
    let remedy: String
    switch mapping.amount {
    case .signed:
      remedy = "Set csv_positive to \(mapping.isPositiveDebit ? "credit" : "debit")."
    case .debitAndCredit: remedy = "Exchange csv_debit and csv_credit."
    case .flagged: remedy = "Exchange csv_flag_debit and csv_flag_credit."
    }
    return StatementFault(
      "has amounts whose signs contradict the balances in all rows: money in and money out are "
        + "exchanged. "
        + remedy, line: rows.first { $0.amountMinor != 0 }?.line)
  }

  /// The amounts have the size of the balances' steps, but not their direction.
  private func unsigned(_ rows: [TableBooking]) -> StatementFault {
    let pairs = zip(rows, rows.dropFirst())
    let wrong = pairs.first { previous, next in
      guard let before = previous.balanceMinor, let after = next.balanceMinor else { return false }
      return Int128(after) - Int128(before) != Int128(next.amountMinor)
    }?.1
    let remedy: String
    switch mapping.amount {
    case .signed:
      remedy = "Set csv_flag to the column that says debit or credit, or csv_debit and csv_credit."
    case .debitAndCredit: remedy = "Check csv_debit and csv_credit."
    case .flagged(_, let flag):
      remedy = "Check csv_flag (\(flag.column)), csv_flag_debit and csv_flag_credit."
    }
    let amount = wrong.map { text($0.amountMinor) } ?? ""
    return StatementFault(
      "has the amount \(amount), but its balance moves the other way: the mapping gives it the "
        + "wrong sign. "
        + remedy, line: wrong?.line)
  }

  private var amountSettings: String {
    switch mapping.amount {
    case .signed: "csv_amount"
    case .debitAndCredit: "csv_debit, csv_credit"
    case .flagged: "csv_amount, csv_flag"
    }
  }

  private func text(_ amountMinor: AmountMinor) -> String {
    AmountText.decimal(amountMinor, digits: currency.minorUnitDigits ?? 0)
  }
}
