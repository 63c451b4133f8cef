public import LedgerDomain

/// The settings of the overview over all tenants, `<reports>/index.html`.
public struct OverviewConfiguration: Sendable {
  /// The directory of the reports.
  public let reports: String
  /// What people call the tenants.
  public let tenantNames: TenantNames
  /// The days on which the job's banks book.
  public let bankingCalendar: BankingCalendar
  /// Banking days after which a missing statement is a break.
  public let bankOverdueDays: Int

  /// The configuration that settings give; `nil` if the job writes no reports.
  public init?(_ settings: JobSettings) {
    guard let reports = settings.reports else { return nil }
    self.reports = reports
    tenantNames = settings.tenantNames
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
