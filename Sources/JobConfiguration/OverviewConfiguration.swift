public import LedgerDomain

/// The settings of reports and of the overview over all tenants, `<reports>/index.html`.
public struct OverviewConfiguration: Sendable {
  /// The directory of the reports.
  public let reports: String
  /// What the pages and files say.
  public let options: ReportOptions
  /// The days on which the job's banks book.
  public let bankingCalendar: BankingCalendar
  /// Banking days after which a missing statement is a break.
  public let bankOverdueDays: Int

  /// The configuration that settings give; `nil` if the job writes no reports.
  public init?(_ settings: JobSettings) {
    guard let reports = settings.reports else { return nil }
    self.reports = reports
    options = settings.reportOptions
    bankingCalendar = BankingCalendar(
      weekend: Set(settings.bankWeekend), holidays: settings.bankHolidays)
    bankOverdueDays = settings.bankOverdueDays
  }

  /// The settings that decide when a statement is overdue, as text.
  public var banking: String {
    let weekend = bankingCalendar.weekend.map(\.rawValue).sorted().map(String.init)
    let holidays = bankingCalendar.holidays.map(\.description)
    return "\(bankOverdueDays)|\(weekend.joined(separator: ","))|\(holidays.joined(separator: ","))"
  }
}

extension JobSettings {
  /// What the settings say about reports.
  public var reportOptions: ReportOptions {
    ReportOptions(tenantNames: self.tenantNames, reviewThreshold: self.reviewThreshold)
  }
}

extension ReadingConfiguration {
  /// What the settings say about reports.
  public var reportOptions: ReportOptions {
    ReportOptions(tenantNames: self.tenantNames, reviewThreshold: self.reviewThreshold)
  }
}
