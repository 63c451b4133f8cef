import LedgerDomain

/// A statement as a table: an opening row, a row for each booking, a closing row.
enum StatementTable {
  /// The file: `row,account,currency,date,value_date,amount_minor,reference`.
  static func text(_ statement: BankStatement) -> String {
    let date = BusinessDate(dayNumber: statement.day).description
    let place = "\(statement.account.statementAccount),\(statement.account.currency.code),\(date)"
    var text = "row,account,currency,date,value_date,amount_minor,reference\n"
    text += "opening,\(place),,\(statement.opening),\n"
    for booking in statement.bookings {
      let value = BusinessDate(dayNumber: booking.valueDay).description
      text += "entry,\(place),\(value),\(booking.amount),\(booking.reference.text)\n"
    }
    return text + "closing,\(place),,\(statement.closing),\n"
  }
}
