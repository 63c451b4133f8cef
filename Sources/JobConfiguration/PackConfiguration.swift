public import LedgerDomain

/// The settings of a month-end pack.
public struct PackConfiguration: Sendable {
  /// The SQLite file of the books.
  public let store: String
  /// The tenants to pack; all that have books if empty.
  public let tenants: [TenantID]
  /// What people call the tenants.
  public let tenantNames: TenantNames
  /// When a missing statement is a break.
  public let deadline: StatementDeadline
  /// The memory that a run may use, in bytes; `nil` for no limit.
  public let memoryLimit: Int?
  /// Where the pack goes.
  public let path: String

  /// The configuration that settings give.
  ///
  /// - Parameters:
  ///   - month: the month, which names the file.
  ///   - tenant: the tenant that the command named, which then is in the name, too.
  ///   - path: where the pack goes; `nil` for `packs` in the directory of the reports.
  /// - Throws: `UsageError` if the store, or a place for the pack, is not given.
  public init(
    _ settings: JobSettings, month: CalendarMonth, tenant: TenantID?, path: String?
  ) throws(UsageError) {
    guard let store = settings.store else { throw UsageError.noStore }
    self.store = store
    tenants = settings.tenants
    tenantNames = settings.tenantNames
    deadline = settings.statementDeadline
    memoryLimit = settings.memoryLimit
    if let path {
      self.path = path
    } else if let reports = settings.reports {
      self.path = "\(reports)/packs/\(month)\(tenant.map { "-\($0)" } ?? "").zip"
    } else {
      throw UsageError("there is no place for the pack. Give --out FILE, or --reports DIR.")
    }
  }
}
