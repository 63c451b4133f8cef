public import LedgerDomain

/// What the columns of a bank's table mean.
///
///     var mapping = StatementCSVMapping(
///       dateColumn: "Buchungstag", amount: .signed("Betrag"), balances: .column("Saldo"),
///       account: .named("DE02120300000000202051"), currency: .named("EUR"))
///     mapping.decimalSeparator = .comma
///     mapping.groupingSeparator = "."
///
/// A column is given by its name in the header or by its number: `#3` is the third. The header is
/// the first row that has all columns given by name; rows before it are passed over, unless they
/// state a balance. A table whose columns are all given by number needs no header.
public struct StatementCSVMapping: Hashable, Sendable {
  /// The character between cells; told from the header if `nil`.
  public var delimiter: Delimiter?
  /// How the characters are encoded, if no byte order mark says so.
  public var encoding = StatementEncoding.utf8
  /// The column of the booking date.
  public var dateColumn: String
  /// How its dates, and those of `valueDateColumn`, are written.
  public var dateFormat: DatePattern
  /// The column of the value date, if there is one.
  public var valueDateColumn: String?
  /// Where the amounts are, in the currency's whole units and decimals.
  public var amount: Amount
  /// Whether a positive amount of a signed column leaves the account.
  public var isPositiveDebit = false
  /// What ends the whole units of an amount.
  public var decimalSeparator: DecimalSeparator
  /// What groups their digits; not the decimal separator. Spaces and apostrophes always may, and
  /// the other of point and comma where decimals follow.
  public var groupingSeparator: Character?
  /// The columns of references, each with its kind.
  public var references: [ReferenceColumn] = []
  /// The columns of the payment's text, joined in this order.
  public var textColumns: [String] = []
  /// Where the balances are.
  public var balances: Balances
  /// Which account the rows are of.
  public var account: Source
  /// Which currency they are in.
  public var currency: Source
  /// The currency of balances in a table without rows, if a column says it of each row.
  public var emptyTableCurrency: CurrencyCode?
  /// Which rows are booked; all, if `nil`.
  public var bookedRows: BookedRows?
  /// Texts that mark a row as none of the table, such as `Total`; one that ends with `*` is a
  /// beginning.
  public var skippedRows: [String] = []
  /// The text of a row that ends the table, such as `Summary`; one that ends with `*` is a
  /// beginning.
  public var endRow: String?
  /// Whether the newest row comes first; told from balances and dates if `nil`.
  public var isNewestFirst: Bool?

  /// A mapping with these values; the others have their defaults.
  public init(
    delimiter: Delimiter? = nil, dateColumn: String, dateFormat: DatePattern = .yearMonthDay,
    valueDateColumn: String? = nil, amount: Amount, decimalSeparator: DecimalSeparator = .point,
    groupingSeparator: Character? = nil, references: [ReferenceColumn] = [], balances: Balances,
    account: Source, currency: Source, bookedRows: BookedRows? = nil, isNewestFirst: Bool? = nil
  ) {
    self.delimiter = delimiter
    self.dateColumn = dateColumn
    self.dateFormat = dateFormat
    self.valueDateColumn = valueDateColumn
    self.amount = amount
    self.decimalSeparator = decimalSeparator
    self.groupingSeparator = groupingSeparator
    self.references = references
    self.balances = balances
    self.account = account
    self.currency = currency
    self.bookedRows = bookedRows
    self.isNewestFirst = isNewestFirst
  }

  /// The columns that the table must have, each with the setting that names it.
  public var columns: [(setting: String, column: String)] {
    var columns: [(setting: String, column: String?)] = [
      ("csv_date", dateColumn), ("csv_value_date", valueDateColumn),
    ]
    switch amount {
    case .signed(let column): columns.append(("csv_amount", column))
    case .debitAndCredit(let debit, let credit):
      columns += [("csv_debit", debit), ("csv_credit", credit)]
    case .flagged(let column, let flag):
      columns += [("csv_amount", column), ("csv_flag", flag.column)]
    }
    columns += [
      ("csv_balance", balances.column), ("csv_account", account.column),
      ("csv_currency", currency.column), ("csv_status", bookedRows?.column),
    ]
    columns += references.map { ($0.setting, $0.column) }
    columns += textColumns.map { ("csv_text", $0) }
    return columns.compactMap { setting, column in column.map { (setting, $0) } }
  }
}
