import LedgerDomain

/// An account of a table, and the currency of its rows.
struct TableAccount: Hashable {
  /// As the table or the mapping names it.
  let name: String
  let currency: CurrencyCode
}

/// One row of a table: an entry, and the balance after it.
struct TableBooking {
  let line: Int
  let date: BusinessDate
  let valueDate: BusinessDate?
  let amountMinor: AmountMinor
  /// `nil` if the row has none.
  let balanceMinor: AmountMinor?
  let references: [BankReference]
  let text: String?
  let isBooked: Bool
  /// Whether the file ends in one of its amounts.
  let mayBeCutOff: Bool

  /// The entry that it is.
  func entry(number: Int) -> StatementEntry {
    StatementEntry(
      number: number, amountMinor: amountMinor, bookingDate: date, valueDate: valueDate,
      references: references, text: text, status: isBooked ? .booked : .pending)
  }
}

/// What a record below the header is.
enum TableRow {
  case booking(TableBooking, TableAccount)
  /// It states the opening or the closing balance, or both.
  case balances([BalanceRow])
  /// It was left out, for a reason that the note gives.
  case note(StatementNote)
  /// It is blank, or the header again.
  case nothing
  /// It is damaged, or the mapping does not fit it; of which account, if that is known.
  case fault(StatementFault, TableAccount?)
}
