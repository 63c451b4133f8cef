import LedgerDomain

/// Makes the statement of one account of a table.
struct TableStatementBuilder {
  let reader: StatementTableReader
  let table: TableContents
  let account: TableContents.Account

  private var mapping: StatementCSVMapping { reader.mapping }
  private var currency: CurrencyCode { account.account.currency }

  /// Two balances and the date of each.
  private struct Balances {
    let opening: StatementBalance?
    let closing: StatementBalance
  }

  /// - Throws: `StatementFault` if the balances are missing or contradict the rows.
  func statement(
    number: Int
  ) throws(StatementFault) -> (statement: BankStatement, notes: [StatementNote]) {
    let booked = account.rows.filter(\.isBooked)
    // A chain of balances proves that no amount was cut off.
    if mapping.balances.column == nil || booked.count < 2,
      let row = account.rows.first(where: \.mayBeCutOff)
    {
      throw StatementFault.cutOff(line: row.line)
    }
    var notes: [StatementNote] = []
    var order = BookingOrder.oldestFirst
    let balances: Balances
    if mapping.balances.column != nil, !booked.isEmpty, let columns = table.header?.columns {
      let choice = BookingOrderChoice(mapping: mapping, columns: columns, currency: currency)
      let proven = try choice.proven(booked)
      order = proven.order
      balances = self.balances(proven.balances, booked)
      notes += [choice.note(order, booked), try differenceFromRow(proven.balances.closingMinor)]
        .compactMap(\.self)
    } else {
      balances = try balancesOfRows(booked)
      if let columns = table.header?.columns {
        order = BookingOrderChoice(mapping: mapping, columns: columns, currency: currency)
          .unproven(booked)
      }
    }
    let entries = order.arrange(account.rows).enumerated().map { $1.entry(number: $0 + 1) }
    let statement = BankStatement(
      account: account.account.name, currency: currency, identifier: nil,
      opening: balances.opening, closing: balances.closing, entries: entries, file: reader.name,
      number: number)
    return (statement, notes)
  }

  private func balances(_ proven: RunningBalances, _ booked: [TableBooking]) -> Balances {
    let dates = booked.map(\.date)
    let first = dates.min() ?? BusinessDate(dayNumber: 0)
    let last = dates.max() ?? first
    return Balances(
      opening: StatementBalance(amountMinor: proven.openingMinor, date: first),
      closing: StatementBalance(amountMinor: proven.closingMinor, date: last))
  }

  /// A note if a row states another closing balance than the column: banks often print the one of
  /// now.
  private func differenceFromRow(
    _ closingMinor: AmountMinor
  ) throws(StatementFault) -> StatementNote? {
    guard table.accounts.count == 1,
      let row = table.balances.first(where: { $0.kind == .closing })
    else { return nil }
    let stated = try row.amount(mapping, currency)
    if stated == closingMinor { return nil }
    return StatementNote(
      "Row '\(row.label)' states \(text(stated)), but the balances of the rows end with "
        + "\(text(closingMinor)), which counts.", line: row.line)
  }

  private func text(_ amountMinor: AmountMinor) -> String {
    AmountText.decimal(amountMinor, digits: currency.minorUnitDigits ?? 0)
  }

  /// The balances that rows outside the table state.
  private func balancesOfRows(_ booked: [TableBooking]) throws(StatementFault) -> Balances {
    guard table.accounts.count == 1 else {
      throw StatementFault(
        "has several accounts but no balance for each. Set csv_balance to a column of balances, "
          + "or ask "
          + "the bank for one file for each account.")
    }
    guard let closing = try balance(.closing, mapping.balances.closingLabel) else {
      throw StatementFault(
        "has no booked rows, so the balances in its column are unknown. If a row states the "
          + "closing "
          + "balance, set csv_closing_row to its label.")
    }
    let opening = try balance(.opening, mapping.balances.openingLabel)
    let dates = booked.map(\.date)
    guard let last = [closing.date, dates.max() ?? reader.date].compactMap(\.self).max() else {
      throw StatementFault(
        "has a closing balance without a date and no entries. Ask the bank to state the date "
          + "beside the "
          + "balance.", line: closing.line)
    }
    return Balances(
      opening: opening.map {
        StatementBalance(amountMinor: $0.amountMinor, date: $0.date ?? dates.min() ?? last)
      },
      closing: StatementBalance(amountMinor: closing.amountMinor, date: last))
  }

  /// The balance that a label has; `nil` if the mapping has no label for it.
  private func balance(
    _ kind: BalanceRow.Kind, _ label: String?
  ) throws(StatementFault) -> (amountMinor: AmountMinor, date: BusinessDate?, line: Int)? {
    guard let label else { return nil }
    let rows = table.balances.filter { $0.kind == kind }
    guard let first = rows.first else {
      throw StatementFault(
        "has no row outside its entries with the label '\(label)', so a balance is unknown. "
          + "Compare "
          + "\(kind.rawValue) with the file, or ask the bank.")
    }
    let amountMinor = try first.amount(mapping, currency)
    for row in rows.dropFirst() where try row.amount(mapping, currency) != amountMinor {
      throw row.fault(
        "has the label '\(label)' again, with another balance than line \(first.line). Use a "
          + "longer label "
          + "in \(kind.rawValue), or csv_balance, or ask the bank for one file a day")
    }
    return (amountMinor, first.date(mapping), first.line)
  }
}

extension StatementFault {
  static func cutOff(line: Int) -> StatementFault {
    StatementFault(
      "ends in an amount without all its decimals, so the file may be cut off. Ask the bank to "
        + "deliver it again, "
        + "with a line end after the last row.", line: line)
  }
}
