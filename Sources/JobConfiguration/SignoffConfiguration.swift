public import LedgerDomain

/// The settings of a signoff, or of an acceptance of quarantined records.
public struct SignoffConfiguration: Sendable {
  /// The SQLite file of the books.
  public let store: String
  /// The tenant whose books it is about.
  public let tenant: TenantID
  /// The settings of the reports; `nil` if the job writes none.
  public let overview: OverviewConfiguration?

  /// The configuration that settings give.
  ///
  /// - Throws: `UsageError` if the store or the tenant is not given.
  public init(_ settings: JobSettings) throws(UsageError) {
    guard let store = settings.store else { throw UsageError.noStore }
    guard settings.tenants.count == 1 else { throw UsageError("--tenant: give one UUID.") }
    self.store = store
    tenant = settings.tenants[0]
    overview = OverviewConfiguration(settings)
  }
}
