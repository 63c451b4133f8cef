import DelimitedText
import LedgerDomain

/// Turns a bank's table into statements, one for each account and currency in it.
struct StatementTableReader {
  let mapping: StatementCSVMapping
  let name: String
  /// When the balances of a table without entries are; `nil` to refuse one.
  var date: BusinessDate?

  /// An entry with the balance after it.
  private struct Booking {
    let entry: StatementEntry
    let balanceMinor: AmountMinor?
  }

  private struct AccountName: Hashable {
    let account: String
    let currency: CurrencyCode
  }

  func statements(_ bytes: [UInt8]) throws(StatementFault) -> [BankStatement] {
    if mapping.groupingSeparator == Character(mapping.decimalSeparator.rawValue) {
      throw StatementFault(
        "has a mapping with the same separator for decimals and groups. Change one of them.")
    }
    let (rows, outside) = try rows(try records(bytes))
    var accounts: [AccountName] = []
    var bookings: [AccountName: [Booking]] = [:]
    for row in mapping.isNewestFirst ? rows.reversed() : rows {
      let account = AccountName(
        account: try row.value(mapping.account, "account"), currency: try row.currency())
      if bookings[account] == nil { accounts.append(account) }
      let number = (bookings[account]?.count ?? 0) + 1
      let booking = try booking(row, number: number, account.currency)
      bookings[account, default: []].append(booking)
    }
    if accounts.isEmpty, date != nil, case .rows = mapping.balances,
      case .named(let account) = mapping.account, case .named(let code) = mapping.currency,
      let currency = CurrencyCode(code)
    {
      accounts.append(AccountName(account: account, currency: currency))
    }
    guard !accounts.isEmpty else {
      throw StatementFault(
        "has no row of entries, so its balances are unknown. Ask the bank for them.")
    }
    var statements: [BankStatement] = []
    for account in accounts {
      statements.append(
        try statement(
          account, bookings[account] ?? [], outside, isOnly: accounts.count == 1,
          number: statements.count + 1))
    }
    return statements
  }

  private func records(_ bytes: [UInt8]) throws(StatementFault) -> [DelimitedRecord] {
    do throws(DelimitedTextFault) {
      return try DelimitedRecord.read(
        bytes, delimiter: mapping.delimiter.rawValue.utf8.first ?? UInt8(ascii: ","))
    } catch {
      throw StatementFault("\(error.message). Ask the bank for CSV in UTF-8.", line: error.line)
    }
  }

  /// The table's rows, and those outside it that state a balance.
  private func rows(
    _ records: [DelimitedRecord]
  ) throws(StatementFault) -> ([StatementTableRow], [DelimitedRecord]) {
    let columns = Set(mapping.columns)
    guard let start = records.firstIndex(where: { columns.isSubset(of: $0.cells.map(\.trimmed)) })
    else {
      throw StatementFault(
        "has no row with the columns \(columns.sorted().joined(separator: ", ")). "
          + "Compare its header with the mapping.")
    }
    let header = records[start]
    var positions: [String: Int] = [:]
    for (position, cell) in header.cells.map(\.trimmed).enumerated() where columns.contains(cell) {
      if positions.updateValue(position, forKey: cell) != nil {
        throw StatementFault(
          "has the column \(cell) twice. Ask the bank to correct it.", line: header.line)
      }
    }
    var rows: [StatementTableRow] = []
    var outside = records[..<start].filter(statesBalance)
    for record in records[(start + 1)...] {
      if record.cells.allSatisfy(\.trimmed.isEmpty) {
        continue
      } else if statesBalance(record) {
        outside.append(record)
      } else if record.cells.count == header.cells.count {
        rows.append(StatementTableRow(record: record, mapping: mapping, positions: positions))
      } else {
        throw StatementFault(
          "has \(record.cells.count) cells, but the header has \(header.cells.count). "
            + "Ask the bank to deliver it again.", line: record.line)
      }
    }
    return (rows, outside)
  }

  private func statesBalance(_ record: DelimitedRecord) -> Bool {
    guard case .rows(let opening, let closing) = mapping.balances else { return false }
    return [opening, closing].contains(record.cells[0].trimmed)
  }

  private func booking(
    _ row: StatementTableRow, number: Int, _ currency: CurrencyCode
  ) throws(StatementFault) -> Booking {
    guard let date = try row.date(mapping.dateColumn) else {
      throw row.fault("has no \(mapping.dateColumn)")
    }
    let isBooked = mapping.bookedRows.map { $0.values.contains(row[$0.column]) } ?? true
    let entry = StatementEntry(
      number: number, amountMinor: try row.amount(currency), bookingDate: date,
      valueDate: try mapping.valueDateColumn.flatMap { column throws(StatementFault) in
        try row.date(column)
      },
      references: [
        row.reference(mapping.referenceColumn).map { BankReference(.accountServicer, $0) },
        row.reference(mapping.secondReferenceColumn).map { BankReference(.endToEnd, $0) },
      ].compactMap(\.self),
      status: isBooked ? .booked : .pending)
    guard isBooked, case .column(let column) = mapping.balances else {
      return Booking(entry: entry, balanceMinor: nil)
    }
    return Booking(entry: entry, balanceMinor: try row.signed(row[column], column, currency))
  }

  private func statement(
    _ account: AccountName, _ bookings: [Booking], _ outside: [DelimitedRecord], isOnly: Bool,
    number: Int
  ) throws(StatementFault) -> BankStatement {
    let booked = bookings.filter { $0.entry.status == .booked }
    let dated = booked.isEmpty ? bookings : booked
    guard let first = dated.first?.entry.bookingDate ?? date,
      let last = dated.last?.entry.bookingDate ?? date
    else {
      throw StatementFault(
        "has no row for account \(account.account). Ask the bank to deliver it again.")
    }
    let amounts: (opening: AmountMinor, closing: AmountMinor)
    switch mapping.balances {
    case .column: amounts = try balances(from: booked, of: account)
    case .rows(let opening, let closing):
      guard isOnly else {
        throw StatementFault(
          "has several accounts but one pair of balances. Ask the bank for a balance column.")
      }
      amounts = (
        try balance(opening, outside, account.currency),
        try balance(closing, outside, account.currency)
      )
    }
    return BankStatement(
      account: account.account, currency: account.currency, identifier: nil,
      opening: StatementBalance(amountMinor: amounts.opening, date: first),
      closing: StatementBalance(amountMinor: amounts.closing, date: last),
      entries: bookings.map(\.entry), file: name, number: number)
  }

  /// The balance before the first booked row and after the last.
  private func balances(
    from booked: [Booking], of account: AccountName
  ) throws(StatementFault) -> (opening: AmountMinor, closing: AmountMinor) {
    guard let first = booked.first, let opening = first.balanceMinor,
      let closing = booked.last?.balanceMinor
    else {
      throw StatementFault(
        "has no booked row for account \(account.account), so its balances are unknown. Ask the bank "
          + "for them.")
    }
    let (before, isTooLarge) = opening.subtractingReportingOverflow(first.entry.amountMinor)
    if isTooLarge {
      throw StatementFault(
        "has an opening balance of more than 2^63 − 1 minor units. Ask the bank to correct it.")
    }
    return (before, closing)
  }

  /// The amount after a label.
  private func balance(
    _ label: String, _ records: [DelimitedRecord], _ currency: CurrencyCode
  ) throws(StatementFault) -> AmountMinor {
    let labelled = records.filter { $0.cells[0].trimmed == label }
    guard let record = labelled.first, labelled.count == 1 else {
      throw StatementFault(
        "has \(labelled.count) rows labelled '\(label)', but exactly one must state the balance. "
          + "Compare the label with the mapping, or ask the bank.")
    }
    let row = StatementTableRow(record: record, mapping: mapping, positions: [:])
    let text = record.cells.dropFirst().map(\.trimmed).first { !$0.isEmpty } ?? ""
    return try row.signed(text, label, currency)
  }
}
