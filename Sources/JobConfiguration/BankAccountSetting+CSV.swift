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
    mapping.valueDateColumn = csv["csv_value_date"]
    mapping.referenceColumn = csv["csv_reference"]
    mapping.secondReferenceColumn = csv["csv_second_reference"]
    mapping.groupingSeparator = csv["csv_grouping"].flatMap(\.first)
    if let text = csv["csv_delimiter"] {
      mapping.delimiter = try value(text == "tab" ? "\t" : text, "csv_delimiter")
    }
    if let text = csv["csv_date_format"] { mapping.dateFormat = try value(text, "csv_date_format") }
    if let text = csv["csv_decimal"] { mapping.decimalSeparator = try value(text, "csv_decimal") }
    if let status = csv["csv_status"] {
      mapping.bookedRows = StatementCSVMapping.BookedRows(
        column: status,
        values: Set((csv["csv_booked"] ?? "BOOK").split(separator: "|").map(String.init)))
    }
    mapping.isNewestFirst = csv["csv_newest_first"] == "true"
    return mapping
  }

  private func amount() throws(UsageError) -> StatementCSVMapping.Amount {
    if let column = csv["csv_amount"] { return .signed(column) }
    guard let debit = csv["csv_debit"], let credit = csv["csv_credit"] else {
      throw error("needs csv_amount, or csv_debit and csv_credit")
    }
    return .debitAndCredit(debit: debit, credit: credit)
  }

  private func balances() throws(UsageError) -> StatementCSVMapping.Balances {
    if let column = csv["csv_balance"] { return .column(column) }
    guard let opening = csv["csv_opening_row"], let closing = csv["csv_closing_row"] else {
      throw error("needs csv_balance, or csv_opening_row and csv_closing_row")
    }
    return .rows(opening: opening, closing: closing)
  }

  private func value<Value: RawRepresentable & CaseIterable>(
    _ text: String, _ name: String
  ) throws(UsageError) -> Value where Value.RawValue == String {
    guard let value = Value(rawValue: text) else {
      let known = Value.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      throw error("has an unknown \(name) '\(text)'; values: \(known)")
    }
    return value
  }

  private func error(_ fault: String) -> UsageError {
    UsageError("bank account '\(account.reference)' \(fault).")
  }
}
