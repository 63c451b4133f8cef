public import LedgerDomain

/// The settings with which bank accounts are reconciled.
public struct BankConfiguration: Sendable {
  /// The directory of the bank's files; `nil` if the job names none.
  public let statements: String?
  /// The accounts.
  public let accounts: [BankAccountSetting]
  /// How many days apart items without a common reference may be.
  public let dateWindow: Int
  /// Banking days after which a missing statement is a break.
  public let overdueDays: Int
  /// The days on which the job's banks book.
  public let calendar: BankingCalendar
  /// What was outstanding before the first close: a file, or a directory of `<tenant_id>.csv` files.
  public let openingOutstanding: String?

  /// The configuration of a run that closes dates.
  public init(_ reading: ReadingConfiguration) {
    statements = reading.statements
    accounts = reading.bankAccounts
    dateWindow = reading.bankDateWindow
    overdueDays = reading.bankOverdueDays
    calendar = BankingCalendar(
      weekend: Set(reading.bankWeekend), holidays: reading.bankHolidays)
    openingOutstanding = reading.openingOutstanding
  }

  /// The configuration that settings give.
  ///
  /// - Throws: `UsageError` if no bank accounts are given, or no directory of statements.
  public init(_ settings: JobSettings) throws(UsageError) {
    guard let directory = settings.statements else {
      throw UsageError("no bank statements are given. Give --job FILE or --statements DIR.")
    }
    guard !settings.bankAccounts.isEmpty else {
      throw UsageError("no bank accounts are given. Give --job FILE or --bank-account.")
    }
    statements = directory
    accounts = settings.bankAccounts
    for account in accounts where !account.csv.isEmpty { _ = try account.csvMapping() }
    dateWindow = settings.bankDateWindow
    overdueDays = settings.bankOverdueDays
    calendar = BankingCalendar(
      weekend: Set(settings.bankWeekend), holidays: settings.bankHolidays)
    openingOutstanding = settings.openingOutstanding
  }
}

extension BankingCalendar.Weekday {
  /// Its name in settings: `monday`.
  var name: String { "\(self)" }
}
