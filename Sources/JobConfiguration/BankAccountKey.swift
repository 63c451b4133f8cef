/// The keys of an entry of `bank_accounts`.
public enum BankAccountKey: String, CaseIterable, Sendable {
  case ref
  case account
  case currency
  case iban
  case number
  case csvHeader = "csv_header"
  case csvDelimiter = "csv_delimiter"
  case csvEncoding = "csv_encoding"
  case csvDate = "csv_date"
  case csvDateFormat = "csv_date_format"
  case csvValueDate = "csv_value_date"
  case csvAmount = "csv_amount"
  case csvPositive = "csv_positive"
  case csvFlag = "csv_flag"
  case csvFlagDebit = "csv_flag_debit"
  case csvFlagCredit = "csv_flag_credit"
  case csvDebit = "csv_debit"
  case csvCredit = "csv_credit"
  case csvDecimal = "csv_decimal"
  case csvGrouping = "csv_grouping"
  case csvReference = "csv_reference"
  case csvSecondReference = "csv_second_reference"
  case csvReferences = "csv_references"
  case csvCheque = "csv_cheque"
  case csvText = "csv_text"
  case csvBalance = "csv_balance"
  case csvOpeningRow = "csv_opening_row"
  case csvClosingRow = "csv_closing_row"
  case csvAccount = "csv_account"
  case csvCurrency = "csv_currency"
  case csvStatus = "csv_status"
  case csvBooked = "csv_booked"
  case csvSkipRows = "csv_skip_rows"
  case csvEndRow = "csv_end_row"
  case csvNewestFirst = "csv_newest_first"

  /// Whether every account must have it.
  public var isRequired: Bool { [.ref, .account, .currency].contains(self) }

  /// Whether YAML reads a usual value as a number or a Boolean.
  var mayBeOtherThanText: Bool { [.account, .number, .csvHeader, .csvNewestFirst].contains(self) }

  /// What it is, in a sentence.
  public var summary: String {
    switch self {
    case .ref: "The account's name in reports and in the API."
    case .account: "The ledger's account, a four-digit code."
    case .currency: "The account's currency, an ISO 4217 code."
    case .iban: "The IBAN in the statements."
    case .number: "The account number in the statements, for an account without an IBAN."
    case .csvHeader: "Whether a CSV statement has a header. If false, columns are numbers."
    case .csvDelimiter: "The column separator: , ; | or tab. Found by the header if not set."
    case .csvEncoding:
      "The encoding: utf-8 (default), latin-1, latin-2, latin-9, windows-1250, windows-1252, "
        + "utf-16, "
        + "utf-16le, utf-16be. A byte order mark overrides it."
    case .csvDate:
      "The column of the booking date, by its name in the header or its number, such as #1. "
        + "Required "
        + "for CSV statements."
    case .csvDateFormat:
      "The format of dates: YYYY or YY, MM, M or Mon, DD or D, and what is between them (default: "
        + "YYYY-MM-DD). A time after the date is ignored."
    case .csvValueDate: "The column of the value date."
    case .csvAmount: "The column of the amount."
    case .csvPositive: "Whether a positive csv_amount is a credit (default) or a debit."
    case .csvFlag: "The column that says whether csv_amount is a debit or a credit."
    case .csvFlagDebit:
      "The values of csv_flag for debits, separated by | (default: D|DR|DBIT|DEBIT)."
    case .csvFlagCredit:
      "The values of csv_flag for credits, separated by | (default: C|CR|CRDT|CREDIT)."
    case .csvDebit: "The column of debits, if debits and credits have separate columns."
    case .csvCredit: "The column of credits, if debits and credits have separate columns."
    case .csvDecimal: "The decimal separator of amounts: . (default) or ,"
    case .csvGrouping:
      "The grouping separator of amounts: , or . (spaces and apostrophes need no setting)."
    case .csvReference: "The column of the bank's reference."
    case .csvSecondReference: "The column of the payment's end-to-end reference."
    case .csvReferences: "Columns of more references, separated by |."
    case .csvCheque: "The column of the cheque number."
    case .csvText: "The columns of the payment's text, separated by |."
    case .csvBalance:
      "The column of the balance after each item, or after the last item of each day."
    case .csvOpeningRow:
      "How the label of the opening balance begins, if a row outside the items states it."
    case .csvClosingRow:
      "How the label of the closing balance begins, if a row outside the items states it. Days "
        + "without "
        + "items need it."
    case .csvAccount: "The column of the account, if a file covers several."
    case .csvCurrency: "The column of the currency."
    case .csvStatus: "The column that distinguishes booked rows from pending ones."
    case .csvBooked: "The values of csv_status in booked rows, separated by | (default: BOOK)."
    case .csvSkipRows:
      "Texts of rows to skip, such as Total|Pending*, separated by |; * stands for any ending."
    case .csvEndRow:
      "The text of a row that ends the table, such as Summary*; what follows it is no item."
    case .csvNewestFirst:
      "Whether the newest row comes first. Found by balances and dates if not set."
    }
  }
}
