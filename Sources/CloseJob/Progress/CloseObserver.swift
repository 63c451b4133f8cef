public import LedgerDomain

/// Is told what a run does while it does it, on the run's own threads: it must be quick.
public protocol CloseObserver: Sendable {
  /// What is to be closed is known.
  func planned(dates: Int, tenants: Int)
  /// A close is on disk.
  func committed(_ date: DateResult)
  /// A tenant cannot go on. Others do.
  func stopped(_ tenant: TenantID, at date: BusinessDate?, because message: String)
}
