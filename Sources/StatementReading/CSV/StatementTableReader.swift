import LedgerDomain

/// Turns a bank's table into statements, one for each account and currency in it.
///
/// A table that spans several days is one statement, which settles them all at its closing date:
/// the date of its last booking, or a later one that the row of the closing balance has.
struct StatementTableReader {
  let mapping: StatementCSVMapping
  let name: String
  /// When the balances of a table without entries are, if it does not say; `nil` to refuse one.
  var date: BusinessDate?

  /// The statements and faults of a table.
  func contents(of bytes: [UInt8]) -> StatementContents {
    contents(table(bytes))
  }

  func contents(_ table: TableContents) -> StatementContents {
    var contents = StatementContents()
    contents.notes = table.notes.list
    if let fault = table.faults.first {
      contents.faults = [fault.counting(table.faultCount)]
      return contents
    }
    for (index, account) in table.accounts.enumerated() {
      let number = index + 1
      do throws(StatementFault) {
        if let fault = account.faults.first { throw fault.counting(account.faults.count) }
        let builder = TableStatementBuilder(reader: self, table: table, account: account)
        let (statement, notes) = try builder.statement(number: number)
        contents.statements.append(statement)
        contents.notes += notes
      } catch {
        var fault = error
        fault.statement = table.accounts.count > 1 ? number : nil
        contents.faults.append(fault)
      }
    }
    return contents
  }

  /// The rows of a table, by account.
  func table(_ bytes: [UInt8]) -> TableContents {
    var table = TableContents()
    do throws(StatementFault) {
      try read(bytes, into: &table)
    } catch {
      table.add(error)
    }
    return table
  }

  private func read(_ bytes: [UInt8], into table: inout TableContents) throws(StatementFault) {
    if mapping.groupingSeparator == Character(mapping.decimalSeparator.rawValue) {
      throw StatementFault(
        "has a mapping with the same separator for decimals and groups. Change csv_decimal or "
          + "csv_grouping.")
    }
    let text = try mapping.encoding.decoded(bytes)
    let header = try TableHeader.find(text, mapping)
    table.header = header
    var rows = TableRowReader(mapping, header)
    var scanner = TableScanner(text, delimiter: header.delimiter)
    var record = TableRecord()
    for _ in 0..<header.recordCount where try scanner.next(&record) {
      table.balances += rows.balances(above: record)
    }
    while try scanner.next(&record) {
      switch rows.row(record) {
      case .booking(let booking, let account): table.add(booking, account)
      case .balances(let balances): table.balances += balances
      case .note(let note): table.notes.add(note)
      case .nothing: break
      case .fault(let fault, let account): table.add(fault, account)
      }
    }
    if mapping.balances.column == nil, let negative = rows.negativeDebitLine,
      let unsigned = rows.unsignedDebitLine
    {
      throw StatementFault(
        "has a debit with a minus and line \(unsigned) one without, so one of them may be a "
          + "reversal. Set "
          + "csv_balance to a column of balances, or ask the bank.", line: negative)
    }
    if table.accounts.isEmpty && table.faults.isEmpty { try addEmptyAccount(to: &table) }
  }

  /// The account of a table without rows, whose balances a row above or below the header states.
  private func addEmptyAccount(to table: inout TableContents) throws(StatementFault) {
    guard case .named(let account) = mapping.account else {
      throw StatementFault(
        "has no entries, so it does not say of which account it is. Ask the bank for the account's "
          + "balance, or put _ before the file's name if it has none.")
    }
    guard mapping.balances.closingLabel != nil else {
      throw StatementFault(
        "has no entries and so no balance. If a row above or below the table states the closing "
          + "balance, set "
          + "csv_closing_row to its label; if none does, put _ before the file's name.")
    }
    let currency: CurrencyCode?
    switch mapping.currency {
    case .named(let code): currency = CurrencyCode(code)
    case .column: currency = mapping.emptyTableCurrency
    }
    guard let currency, currency.minorUnitDigits != nil else {
      throw StatementFault(
        "has no entries, so its currency is unknown. Ask the bank for its balance.")
    }
    table.accounts.append(TableContents.Account(TableAccount(name: account, currency: currency)))
  }
}

extension StatementFault {
  /// The fault with how many more rows have one.
  fileprivate func counting(_ count: Int) -> StatementFault {
    var fault = self
    if count > 1 {
      fault.message +=
        count == 2 ? " Another row has a fault too." : " \(count - 1) more rows have faults too."
    }
    return fault
  }
}
