import LedgerDomain

/// A statement as a table, as banks let one download it: balances in rows of their own before and after
/// the bookings, amounts in whole units and decimals.
enum StatementTable {
  /// The file: an opening row, `account,currency,date,value_date,amount,reference` with a row for each
  /// booking, and a closing row.
  static func text(_ statement: DemoStatement) -> String {
    let currency = statement.account.currency.code
    let date = BusinessDate(dayNumber: statement.day).description
    let digits = CurrencyCode("\(currency)")?.minorUnitDigits ?? 2
    func decimal(_ amountMinor: Int) -> String { AmountText.decimal(amountMinor, digits: digits) }
    var text = "Opening balance,\(decimal(statement.opening))\n"
    text += "account,currency,date,value_date,amount,reference\n"
    for booking in statement.bookings {
      let value = BusinessDate(dayNumber: booking.valueDay).description
      text += "\(statement.account.statementAccount),\(currency),\(date),\(value),"
      text += "\(decimal(booking.amount)),\(booking.reference.text)\n"
    }
    return text + "Closing balance,\(decimal(statement.closing))\n"
  }
}
