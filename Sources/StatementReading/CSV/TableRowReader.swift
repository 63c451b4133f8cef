import LedgerDomain

/// Tells what the records below a table's header are, and reads those that are entries.
///
/// No booking is lost in silence: a record that has a date or an amount and is no readable entry
/// is a fault. Only a record with neither is passed over, and noted.
struct TableRowReader {
  let mapping: StatementCSVMapping
  let header: TableHeader
  var columns: TableColumns { header.columns }
  private let labels: TableLabels
  private let bookedValues: Set<String>
  /// The currency and the account of the row before, which most rows share.
  private var lastCurrency: (cell: ArraySlice<UInt8>, currency: CurrencyCode)?
  private var lastAccount: (cell: ArraySlice<UInt8>, name: String)?
  /// The number of cells of the first entry: all have as many.
  private var entryCellCount: Int?
  /// The line of the row that ends the table.
  private var endLine: Int?
  /// Lines whose debits are negative or have no sign: if both occur, one of them is something else.
  private(set) var negativeDebitLine: Int?
  private(set) var unsignedDebitLine: Int?

  init(_ mapping: StatementCSVMapping, _ header: TableHeader) {
    self.mapping = mapping
    self.header = header
    labels = TableLabels(mapping)
    bookedValues = Set((mapping.bookedRows?.values ?? []).map(TableColumns.comparable))
  }

  mutating func row(_ record: TableRecord) -> TableRow {
    if record.isBlank { return .nothing }
    if isWhole(record), let date = mapping.dateFormat.date(record.cells[columns.date]),
      columns.amounts.contains(where: { !record.cells[$0].isEmpty })
    {
      if let endLine, labels.balances(in: record, isEntry: true).isEmpty {
        return .fault(
          StatementFault(
            "is an entry below line \(endLine), which csv_end_row says ends the table. Correct "
              + "csv_end_row.", line: record.line), nil)
      }
      return named(record, isEntry: true) ?? entry(record, date)
    }
    if endLine == nil, labels.ends(record) {
      endLine = record.line
      return .note(
        StatementNote(
          "Row '\(record.firstText.prefix(40))' ends the table, as csv_end_row says.",
          line: record.line))
    }
    return named(record, isEntry: false) ?? other(record)
  }

  /// The balances that a record above the header states.
  func balances(above record: TableRecord) -> [BalanceRow] {
    labels.balances(in: record, isEntry: false).map { balance($0, record, columns: nil) }
  }

  /// A record that the mapping names by a label.
  private func named(_ record: TableRecord, isEntry: Bool) -> TableRow? {
    let balances = labels.balances(in: record, isEntry: isEntry)
    if !balances.isEmpty {
      let shape = isWhole(record) ? columns : nil
      return .balances(balances.map { balance($0, record, columns: shape) })
    }
    guard labels.skips(record) else { return nil }
    return .note(
      StatementNote(
        "Row '\(record.firstText.prefix(40))' was skipped, as csv_skip_rows says.",
        line: record.line))
  }

  private func balance(
    _ found: (kind: BalanceRow.Kind, cell: Int), _ record: TableRecord, columns: TableColumns?
  ) -> BalanceRow {
    let label =
      found.kind == .opening ? mapping.balances.openingLabel : mapping.balances.closingLabel
    return BalanceRow(
      found.kind, record, cell: found.cell, label: label ?? "", columns: columns)
  }

  /// Whether a record has the cells of the table; empty ones at its end may be missing or too many, as long
  /// as all entries have the same.
  ///
  /// Not so where the delimiter is the decimal separator: a cell too many may be the decimals of
  /// an amount.
  private func isWhole(_ record: TableRecord) -> Bool {
    let count = record.cells.count
    if let entryCellCount { return count == entryCellCount }
    if count == header.cellCount { return count > columns.last }
    if header.delimiter == mapping.decimalSeparator.byte { return false }
    if count > header.cellCount { return record.filledCount <= header.cellCount }
    let named = (columns.header.lastIndex { !$0.isEmpty } ?? header.cellCount - 1) + 1
    return count >= named && count > columns.last
  }

  // MARK: Entries

  private mutating func entry(_ record: TableRecord, _ date: BusinessDate) -> TableRow {
    var account: TableAccount?
    do throws(StatementFault) {
      let found = TableAccount(name: try accountName(record), currency: try currency(record))
      account = found
      let cells = TableCells(record: record, mapping: mapping, columns: columns)
      let amount = try cells.amount(found.currency)
      note(amount, line: record.line)
      entryCellCount = record.cells.count
      return .booking(
        TableBooking(
          line: record.line, date: date, valueDate: try cells.valueDate(),
          amountMinor: amount.amountMinor, balanceMinor: try cells.balance(found.currency),
          references: cells.references(), text: cells.text(), isBooked: isBooked(record),
          mayBeCutOff: cells.mayAmountBeCutOff(found.currency)), found)
    } catch {
      return .fault(error, mapping.account.column == nil ? nil : account)
    }
  }

  private mutating func note(_ amount: TableCells.Amount, line: Int) {
    guard amount.isOfDebitColumn, amount.amountMinor != 0 else { return }
    if amount.isWrittenNegative {
      negativeDebitLine = negativeDebitLine ?? line
    } else {
      unsignedDebitLine = unsignedDebitLine ?? line
    }
  }

  private mutating func accountName(_ record: TableRecord) throws(StatementFault) -> String {
    if case .named(let name) = mapping.account { return name }
    let cell = columns.account.map { record.cells[$0] } ?? []
    if let lastAccount, lastAccount.cell == cell { return lastAccount.name }
    guard !cell.isEmpty else {
      throw StatementFault("names no account. Compare csv_account with the row.", line: record.line)
    }
    let name = cell.collapsedText
    lastAccount = (cell, name)
    return name
  }

  private mutating func currency(_ record: TableRecord) throws(StatementFault) -> CurrencyCode {
    let cell: ArraySlice<UInt8>
    switch mapping.currency {
    case .named(let name): cell = Array(name.utf8)[...]
    case .column: cell = columns.currency.map { record.cells[$0] } ?? []
    }
    if let lastCurrency, lastCurrency.cell == cell { return lastCurrency.currency }
    let text = cell.collapsedText
    guard let currency = CurrencyCode(text.uppercased()), currency.minorUnitDigits != nil else {
      throw StatementFault(
        "has the currency '\(text.prefix(20))', which is not in ISO 4217. Compare csv_currency "
          + "with the row.",
        line: record.line)
    }
    lastCurrency = (cell, currency)
    return currency
  }

  private func isBooked(_ record: TableRecord) -> Bool {
    guard let status = columns.status else { return true }
    return bookedValues.contains(
      TableColumns.comparable(String(decoding: record.cells[status], as: UTF8.self)))
  }

  // MARK: Other records

  private func other(_ record: TableRecord) -> TableRow {
    if endLine != nil { return .nothing }
    if !columns.header.isEmpty, record.cells.map(\.collapsedText) == columns.header {
      return .nothing
    }
    let signs = TableSigns(record: record, reader: self, isWhole: isWhole(record))
    if signs.isPendingWithoutDate, !isBooked(record) {
      return .note(
        StatementNote("A row that is not booked has no date and was left out.", line: record.line))
    }
    if let fault = signs.fault { return .fault(fault, nil) }
    return .note(
      StatementNote(
        "Row '\(record.firstText.prefix(40))' has neither a date nor an amount and was passed "
          + "over.",
        line: record.line))
  }
}
