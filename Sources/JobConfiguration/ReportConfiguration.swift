public import LedgerDomain

/// The settings of a run that writes report files again.
public struct ReportConfiguration: Sendable {
  /// The SQLite file of the books.
  public let store: String
  /// The settings of the reports.
  public let overview: OverviewConfiguration
  /// The tenants to report; all that have books if empty.
  public let tenants: [TenantID]

  /// The configuration that settings give.
  ///
  /// - Throws: `UsageError` if the store or the directory of the reports is not given.
  public init(_ settings: JobSettings) throws(UsageError) {
    guard let store = settings.store else { throw UsageError.noStore }
    guard let overview = OverviewConfiguration(settings) else {
      throw UsageError("no reports directory is given. Give --reports DIR.")
    }
    self.store = store
    self.overview = overview
    tenants = settings.tenants
  }
}
