/// Where the columns of a mapping are in a table.
struct TableColumns {
  /// Where the amounts are.
  enum Amount {
    case signed(Int)
    case debitAndCredit(debit: Int, credit: Int)
    case flagged(Int, flag: Int)
  }

  /// The names of the header's cells; empty in a table without header.
  let header: [String]
  let date: Int
  let valueDate: Int?
  let amount: Amount
  let balance: Int?
  let account: Int?
  let currency: Int?
  let status: Int?
  /// In the order of the mapping's references.
  let references: [Int]
  let text: [Int]

  /// The greatest position that is needed.
  let last: Int

  /// The positions in a table with that header.
  ///
  /// - Returns: `nil` if a column is not in it.
  init?(_ mapping: StatementCSVMapping, header: [String]) {
    let names = header.map(Self.comparable)
    func position(_ column: String?) -> Int? {
      guard let column else { return nil }
      if let number = Self.number(column) {
        return header.isEmpty || number <= header.count ? number - 1 : nil
      }
      return names.firstIndex(of: Self.comparable(column))
    }
    let columns = mapping.columns.map(\.column)
    guard columns.allSatisfy({ position($0) != nil }), let date = position(mapping.dateColumn)
    else {
      return nil
    }
    self.header = header
    self.date = date
    last = columns.compactMap(position).max() ?? date
    valueDate = position(mapping.valueDateColumn)
    switch mapping.amount {
    case .signed(let column): amount = .signed(position(column) ?? date)
    case .debitAndCredit(let debit, let credit):
      amount = .debitAndCredit(
        debit: position(debit) ?? date, credit: position(credit) ?? date)
    case .flagged(let column, let flag):
      amount = .flagged(position(column) ?? date, flag: position(flag.column) ?? date)
    }
    balance = position(mapping.balances.column)
    account = position(mapping.account.column)
    currency = position(mapping.currency.column)
    status = position(mapping.bookedRows?.column)
    references = mapping.references.compactMap { position($0.column) }
    text = mapping.textColumns.compactMap { position($0) }
  }

  /// The positions of amounts, without the balance.
  var amounts: [Int] {
    switch amount {
    case .signed(let position): [position]
    case .debitAndCredit(let debit, let credit): [debit, credit]
    case .flagged(let position, _): [position]
    }
  }

  /// How messages name a column: by its header, or by its number.
  func name(_ position: Int) -> String {
    let name = position < header.count ? header[position] : ""
    return name.isEmpty ? "#\(position + 1)" : "'\(name)'"
  }

  /// The number in `#3`.
  static func number(_ column: String) -> Int? {
    guard column.hasPrefix("#"), let number = Int(column.dropFirst()),
      (1...TableScanner.cellsMax).contains(number)
    else { return nil }
    return number
  }

  /// A column's name or a label for comparison: white space collapsed, case ignored.
  static func comparable(_ name: String) -> String {
    Array(name.utf8)[...].collapsedText.lowercased()
  }
}
