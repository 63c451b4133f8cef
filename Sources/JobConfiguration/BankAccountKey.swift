/// The keys of an entry of `bank_accounts`.
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

  /// Whether every account must have it.
  public var isRequired: Bool { [.ref, .account, .currency].contains(self) }

  /// Whether YAML reads a usual value as a number or a Boolean.
  var mayBeOtherThanText: Bool { [.account, .number, .csvNewestFirst].contains(self) }

  /// What it is, in a sentence.
  public var summary: String {
    switch self {
    case .ref: "The account's name in reports and in the API."
    case .account: "The ledger's account, a four-digit code."
    case .currency: "The account's currency, an ISO 4217 code."
    case .iban: "The IBAN in the statements."
    case .number: "The account number in the statements, for an account without an IBAN."
    case .csvDelimiter: "The column separator of a CSV statement, or tab."
    case .csvDate: "The column of the booking date. Required for CSV statements."
    case .csvDateFormat: "The format of dates."
    case .csvValueDate: "The column of the value date."
    case .csvAmount: "The column of the signed amount."
    case .csvDebit: "The column of debits, if debits and credits have separate columns."
    case .csvCredit: "The column of credits, if debits and credits have separate columns."
    case .csvDecimal: "The decimal separator of amounts."
    case .csvGrouping: "The grouping separator of amounts."
    case .csvReference: "The column of the reference."
    case .csvSecondReference: "The column of a second reference."
    case .csvBalance: "The column of the balance after each item."
    case .csvOpeningRow: "The label of the opening balance's row, if balances are rows."
    case .csvClosingRow: "The label of the closing balance's row, if balances are rows."
    case .csvAccount: "The column of the account, if a file covers several."
    case .csvCurrency: "The column of the currency."
    case .csvStatus: "The column that distinguishes booked rows from pending ones."
    case .csvBooked: "The values of csv_status in booked rows, separated by |."
    case .csvNewestFirst: "Whether the newest row comes first."
    }
  }
}
