public import LedgerDomain

/// What the caller asks of one run, in addition to the job's settings.
public struct CloseRequest: Sendable {
  /// The first date of a backfill; `nil` to close what is not closed yet.
  public var from: BusinessDate?
  /// Whether closed dates whose input changed are closed again.
  public var recloses = false
  /// Whether a tenant without books begins new ones although reports of an earlier close exist.
  public var beginsNewBooks = false
  /// The tenants that the job lists, if the command names others; `nil` if the run's tenants are the job's.
  public var listedTenants: [TenantID]?
  /// Called before waiting for the lock that another run holds; `nil` to fail at once.
  public var waiting: (@Sendable () -> Void)?

  /// The nightly request: closes what is not closed yet, recloses nothing, and does not wait.
  public init() {}
}
