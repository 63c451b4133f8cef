public import LedgerDomain

/// The settings with which bank accounts are reconciled.
public struct BankConfiguration: Sendable {
  /// The directory of the bank's files; `nil` if the job names none.
  public let statements: String?
  /// The accounts.
  public let accounts: [BankAccountSetting]
  /// How many days apart items without a common reference may be.
  public let dateWindow: Int
  /// When a missing statement is a break.
  public let deadline: StatementDeadline
  /// What was outstanding before the first close: a file, or a directory of `<tenant_id>.csv` files.
  public let openingOutstanding: String?

  /// The configuration of a run that closes dates.
  public init(_ reading: ReadingConfiguration) {
    statements = reading.statements
    accounts = reading.bankAccounts
    dateWindow = reading.bankDateWindow
    deadline = reading.statementDeadline
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
    deadline = settings.statementDeadline
    openingOutstanding = settings.openingOutstanding
  }
}

extension JobSettings {
  /// When a missing statement is a break.
  public var statementDeadline: StatementDeadline {
    StatementDeadline(
      weekend: self.bankWeekend, holidays: self.bankHolidays, overdueDays: self.bankOverdueDays)
  }
}

extension BankingCalendar.Weekday {
  /// Its name in settings: `monday`.
  var name: String { "\(self)" }
}
