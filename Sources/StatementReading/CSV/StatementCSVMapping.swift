/// What the columns of a bank's table mean.
///
///     let mapping = StatementCSVMapping(
///       delimiter: .semicolon, dateColumn: "Buchungstag", dateFormat: .dayMonthYearPoints,
///       amount: .signed("Betrag"), decimalSeparator: .comma, groupingSeparator: ".",
///       balances: .column("Saldo"), account: .named("DE02120300000000202051"),
///       currency: .named("EUR"))
///
/// Columns are found by their names in the first row that has all of them; rows before it are passed
/// over, unless they state a balance.
public struct StatementCSVMapping: Hashable, Sendable {
  /// The character between cells.
  public enum Delimiter: String, Sendable, CaseIterable {
    case comma = ","
    case semicolon = ";"
    case tab = "\t"
    case bar = "|"
  }

  /// How dates are written.
  public enum DateFormat: String, Sendable, CaseIterable {
    case yearMonthDay = "YYYY-MM-DD"
    case dayMonthYearPoints = "DD.MM.YYYY"
    case monthDayYear = "MM/DD/YYYY"
    case dayMonthYear = "DD/MM/YYYY"
  }

  /// What ends the whole units of an amount.
  public enum DecimalSeparator: String, Sendable, CaseIterable {
    case point = "."
    case comma = ","
  }

  /// Where the amounts are.
  public enum Amount: Hashable, Sendable {
    /// In one column, negative where money leaves the account.
    case signed(String)
    /// In two: what leaves the account and what arrives. A sign before them is passed over.
    case debitAndCredit(debit: String, credit: String)
  }

  /// Where the balances are.
  public enum Balances: Hashable, Sendable {
    /// In a column with the balance after each row.
    case column(String)
    /// In rows outside the table whose first cell is one of these labels and whose next is the amount.
    case rows(opening: String, closing: String)
  }

  /// Something that a column says of each row, or the mapping of the whole file.
  public enum Source: Hashable, Sendable {
    case column(String)
    case named(String)
  }

  /// Which rows are booked.
  public struct BookedRows: Hashable, Sendable {
    /// The column that says so.
    public var column: String
    /// What it says where they are; what says anything else is pending.
    public var values: Set<String>

    /// The rows whose column says one of these.
    public init(column: String, values: Set<String>) {
      self.column = column
      self.values = values
    }
  }

  /// The character between cells.
  public var delimiter: Delimiter
  /// The column of the booking date.
  public var dateColumn: String
  /// How its dates, and those of `valueDateColumn`, are written.
  public var dateFormat: DateFormat
  /// The column of the value date, if there is one.
  public var valueDateColumn: String?
  /// Where the amounts are, in the currency's whole units and decimals.
  public var amount: Amount
  /// What ends the whole units of an amount.
  public var decimalSeparator: DecimalSeparator
  /// What groups their digits, if anything does; not the decimal separator.
  public var groupingSeparator: Character?
  /// The column of the bank's reference.
  public var referenceColumn: String?
  /// The column of the payment's reference.
  public var secondReferenceColumn: String?
  /// Where the balances are.
  public var balances: Balances
  /// Which account the rows are of.
  public var account: Source
  /// Which currency they are in.
  public var currency: Source
  /// Which rows are booked; all, if `nil`.
  public var bookedRows: BookedRows?
  /// Whether the newest row comes first.
  public var isNewestFirst: Bool

  /// A mapping with these values.
  public init(
    delimiter: Delimiter = .comma, dateColumn: String, dateFormat: DateFormat = .yearMonthDay,
    valueDateColumn: String? = nil, amount: Amount, decimalSeparator: DecimalSeparator = .point,
    groupingSeparator: Character? = nil, referenceColumn: String? = nil,
    secondReferenceColumn: String? = nil, balances: Balances, account: Source, currency: Source,
    bookedRows: BookedRows? = nil, isNewestFirst: Bool = false
  ) {
    self.delimiter = delimiter
    self.dateColumn = dateColumn
    self.dateFormat = dateFormat
    self.valueDateColumn = valueDateColumn
    self.amount = amount
    self.decimalSeparator = decimalSeparator
    self.groupingSeparator = groupingSeparator
    self.referenceColumn = referenceColumn
    self.secondReferenceColumn = secondReferenceColumn
    self.balances = balances
    self.account = account
    self.currency = currency
    self.bookedRows = bookedRows
    self.isNewestFirst = isNewestFirst
  }

  /// The columns that the table must have.
  var columns: [String] {
    var names = [dateColumn]
    switch amount {
    case .signed(let column): names.append(column)
    case .debitAndCredit(let debit, let credit): names += [debit, credit]
    }
    for source in [account, currency] {
      if case .column(let column) = source { names.append(column) }
    }
    if case .column(let column) = balances { names.append(column) }
    let optional = [valueDateColumn, referenceColumn, secondReferenceColumn, bookedRows?.column]
    return names + optional.compactMap { $0 }
  }
}
