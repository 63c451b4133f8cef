import LedgerDomain
public import StatementReading

extension BankAccountSetting {
  /// How the account's CSV statements are read.
  ///
  /// - Throws: `UsageError` that names the invalid or missing key.
  public func csvMapping() throws(UsageError) -> StatementCSVMapping {
    guard let date = csv["csv_date"] else {
      throw error("needs csv_date, the column of the booking date")
    }
    var mapping = StatementCSVMapping(
      dateColumn: date, amount: try amount(), balances: try balances(),
      account: csv["csv_account"].map { .column($0) } ?? .named(account.statementAccount),
      currency: csv["csv_currency"].map { .column($0) } ?? .named(account.currency.description))
    mapping.emptyTableCurrency = account.currency
    mapping.valueDateColumn = csv["csv_value_date"]
    mapping.references = references()
    mapping.textColumns = list("csv_text")
    mapping.skippedRows = list("csv_skip_rows")
    mapping.endRow = csv["csv_end_row"]
    if let status = csv["csv_status"] {
      mapping.bookedRows = StatementCSVMapping.BookedRows(
        column: status, values: csv["csv_booked"] == nil ? ["BOOK"] : Set(list("csv_booked")))
    }
    try notations(&mapping)
    try columns(mapping)
    return mapping
  }

  /// How the file, its dates and its amounts are written.
  private func notations(_ mapping: inout StatementCSVMapping) throws(UsageError) {
    if let text = csv["csv_delimiter"] {
      mapping.delimiter = try value(text == "tab" ? "\t" : text, "csv_delimiter")
    }
    if let text = csv["csv_encoding"] {
      mapping.encoding = try value(text.lowercased(), "csv_encoding")
    }
    if let text = csv["csv_date_format"] {
      guard let pattern = DatePattern(text) else {
        throw error(
          "has an invalid csv_date_format '\(text)'. Write it with YYYY or YY, MM, M or Mon, and "
            + "DD or D, "
            + "such as DD.MM.YYYY")
      }
      mapping.dateFormat = pattern
    }
    if let text = csv["csv_decimal"] { mapping.decimalSeparator = try value(text, "csv_decimal") }
    if let text = csv["csv_grouping"] {
      guard let separator = Self.groupingSeparators[text] else {
        throw error(
          "has an unknown csv_grouping '\(text)'; values: ',', '.', ''', 'space'. Spaces and "
            + "apostrophes "
            + "are accepted without it")
      }
      mapping.groupingSeparator = separator
    }
    if mapping.groupingSeparator == Character(mapping.decimalSeparator.rawValue) {
      throw error("has the same separator as csv_decimal and csv_grouping. Change one of them")
    }
    if csv["csv_newest_first"] != nil { mapping.isNewestFirst = try flag("csv_newest_first") }
    if let text = csv["csv_positive"] {
      guard ["credit", "debit"].contains(text) else {
        throw error("has an unknown csv_positive '\(text)'; values: 'credit', 'debit'")
      }
      mapping.isPositiveDebit = text == "debit"
    }
  }

  private static let groupingSeparators: [String: Character] = [
    ",": ",", ".": ".", "'": "'", "’": "'", "space": " ", " ": " ", "\u{A0}": " ", "\u{202F}": " ",
  ]

  private func amount() throws(UsageError) -> StatementCSVMapping.Amount {
    guard let column = csv["csv_amount"] else {
      guard let debit = csv["csv_debit"], let credit = csv["csv_credit"] else {
        throw error("needs csv_amount, or csv_debit and csv_credit")
      }
      return .debitAndCredit(debit: debit, credit: credit)
    }
    if csv["csv_debit"] != nil || csv["csv_credit"] != nil {
      throw error(
        "has both csv_amount and csv_debit or csv_credit. Remove what the file does not have")
    }
    guard let flag = csv["csv_flag"] else {
      if csv["csv_flag_debit"] != nil || csv["csv_flag_credit"] != nil {
        throw error(
          "has csv_flag_debit or csv_flag_credit, but no csv_flag, the column of these values")
      }
      return .signed(column)
    }
    let debit =
      csv["csv_flag_debit"] == nil
      ? StatementCSVMapping.Flag.usualDebit : Set(list("csv_flag_debit"))
    let credit =
      csv["csv_flag_credit"] == nil
      ? StatementCSVMapping.Flag.usualCredit : Set(list("csv_flag_credit"))
    let both = Set(debit.map { $0.lowercased() }).intersection(credit.map { $0.lowercased() })
    if let value = both.min() {
      throw error(
        "has '\(value)' in both csv_flag_debit and csv_flag_credit. Remove it from one of them")
    }
    if csv["csv_positive"] != nil {
      throw error(
        "has both csv_flag and csv_positive. Remove csv_positive: the flag gives the sign")
    }
    return .flagged(column, StatementCSVMapping.Flag(column: flag, debit: debit, credit: credit))
  }

  private func balances() throws(UsageError) -> StatementCSVMapping.Balances {
    let balances = StatementCSVMapping.Balances(
      column: csv["csv_balance"], openingLabel: csv["csv_opening_row"],
      closingLabel: csv["csv_closing_row"])
    guard balances.column != nil || balances.closingLabel != nil else {
      throw error(
        "needs csv_balance, the column of balances, or csv_closing_row, the label of the closing "
          + "balance"
      )
    }
    return balances
  }

  private func references() -> [StatementCSVMapping.ReferenceColumn] {
    typealias Column = StatementCSVMapping.ReferenceColumn
    let single: [(key: String, kind: BankReference.Kind)] = [
      ("csv_reference", .accountServicer), ("csv_second_reference", .endToEnd),
      ("csv_cheque", .cheque),
    ]
    return single.compactMap { key, kind in csv[key].map { Column($0, kind, setting: key) } }
      + list("csv_references").map { Column($0, .customer) }
  }

  /// Checks the columns that are numbers, and that a table without header has no others.
  private func columns(_ mapping: StatementCSVMapping) throws(UsageError) {
    let hasHeader = csv["csv_header"] == nil ? nil : try flag("csv_header")
    for (setting, column) in mapping.columns {
      if column.isEmpty {
        throw error(
          "has an empty \(setting). Give the column's name, or its number as '#3' in quotes")
      }
      let digits = column.dropFirst()
      let isNumber = column.hasPrefix("#") && !digits.isEmpty && digits.allSatisfy(\.isNumber)
      if isNumber && !(1...1000).contains(Int(digits) ?? 0) {
        throw error("has '\(column)' as \(setting); columns are numbered from #1 to #1000")
      }
      if hasHeader == false && !isNumber {
        throw error(
          "has csv_header: false, so \(setting) must be a column's number, such as #3, not "
            + "'\(column)'"
        )
      }
    }
  }

  /// The values of a key that are separated by `|`.
  private func list(_ key: String) -> [String] {
    (csv[key] ?? "").split(separator: "|").map { text in
      String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }.filter { !$0.isEmpty }
  }

  private func flag(_ key: String) throws(UsageError) -> Bool {
    switch csv[key]?.lowercased() {
    case "true", "yes": return true
    case "false", "no": return false
    default: throw error("has '\(csv[key] ?? "")' as \(key); values: true, false")
    }
  }

  private func value<Value: RawRepresentable & CaseIterable>(
    _ text: String, _ name: String
  ) throws(UsageError) -> Value where Value.RawValue == String {
    guard let value = Value(rawValue: text) else {
      let known = Value.allCases.map { "'\($0.rawValue == "\t" ? "tab" : $0.rawValue)'" }
      throw error("has an unknown \(name) '\(text)'; values: \(known.joined(separator: ", "))")
    }
    return value
  }

  private func error(_ fault: String) -> UsageError {
    UsageError("bank account '\(account.reference)' \(fault).")
  }
}
