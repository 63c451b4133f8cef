public import LedgerDomain

/// The settings of reports and of the overview over all tenants, `<reports>/index.html`.
public struct OverviewConfiguration: Sendable {
  /// The directory of the reports.
  public let reports: String
  /// What the pages and files say.
  public let options: ReportOptions
  /// When a missing statement is a break.
  public let deadline: StatementDeadline

  /// The configuration that settings give; `nil` if the job writes no reports.
  public init?(_ settings: JobSettings) {
    guard let reports = settings.reports else { return nil }
    self.reports = reports
    options = settings.reportOptions
    deadline = settings.statementDeadline
  }

  /// The settings that decide when a statement is overdue, as text.
  public var banking: String {
    let weekend = deadline.calendar.weekend.map(\.rawValue).sorted().map(String.init)
    let holidays = deadline.calendar.holidays.map(\.description)
    let days = [weekend, holidays].map { $0.joined(separator: ",") }
    return ([String(deadline.overdueDays)] + days).joined(separator: "|")
  }
}

extension JobSettings {
  /// What the settings say about reports.
  public var reportOptions: ReportOptions {
    ReportOptions(tenantNames: self.tenantNames, reviewThreshold: self.reviewThreshold)
  }
}
