/// What can be said of a bank account: the keys of an entry of `bank_accounts`.
public enum BankAccountKey: String, CaseIterable, Sendable {
  case ref
  case account
  case currency
  case iban
  case number
  case csvDelimiter = "csv_delimiter"
  case csvDate = "csv_date"
  case csvDateFormat = "csv_date_format"
  case csvValueDate = "csv_value_date"
  case csvAmount = "csv_amount"
  case csvDebit = "csv_debit"
  case csvCredit = "csv_credit"
  case csvDecimal = "csv_decimal"
  case csvGrouping = "csv_grouping"
  case csvReference = "csv_reference"
  case csvSecondReference = "csv_second_reference"
  case csvBalance = "csv_balance"
  case csvOpeningRow = "csv_opening_row"
  case csvClosingRow = "csv_closing_row"
  case csvAccount = "csv_account"
  case csvCurrency = "csv_currency"
  case csvStatus = "csv_status"
  case csvBooked = "csv_booked"
  case csvNewestFirst = "csv_newest_first"

  /// Whether an account cannot do without.
  public var isRequired: Bool { [.ref, .account, .currency].contains(self) }

  /// Whether YAML takes a usual value of it for a number or a truth value.
  var takesOtherThanText: Bool { [.account, .number, .csvNewestFirst].contains(self) }

  /// What it is for, in a sentence.
  public var summary: String {
    switch self {
    case .ref: "What reports and the API call the account."
    case .account: "The ledger's account, four digits."
    case .currency: "The account's currency, ISO 4217."
    case .iban: "What statements call the account."
    case .number: "What statements call the account, where it has no IBAN."
    case .csvDelimiter: "What separates the columns of a CSV statement, or tab."
    case .csvDate: "The column of the booking date; it makes the account one with CSV statements."
    case .csvDateFormat: "How dates are written."
    case .csvValueDate: "The column of the value date."
    case .csvAmount: "The column of the signed amount."
    case .csvDebit: "The column of debits, where there are two columns of amounts."
    case .csvCredit: "The column of credits, where there are two columns of amounts."
    case .csvDecimal: "What separates the decimals of an amount."
    case .csvGrouping: "What groups the digits of an amount."
    case .csvReference: "The column of the reference."
    case .csvSecondReference: "The column of a second reference."
    case .csvBalance: "The column of the balance after each item."
    case .csvOpeningRow: "What the row of the opening balance is called, where balances are rows."
    case .csvClosingRow: "What the row of the closing balance is called, where balances are rows."
    case .csvAccount: "The column of the account, where a file holds several."
    case .csvCurrency: "The column of the currency."
    case .csvStatus: "The column that tells booked rows from pending ones."
    case .csvBooked: "What that column says of booked rows; several apart by |."
    case .csvNewestFirst: "Whether the newest row comes first."
    }
  }
}
