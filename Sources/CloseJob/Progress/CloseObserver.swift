public import LedgerDomain

/// Receives the events of a run, on the run's threads. Implementations must return quickly.
public protocol CloseObserver: Sendable {
  /// The run knows how many dates it will close.
  func planned(dates: Int, tenants: Int)
  /// A close was committed.
  func committed(_ date: DateResult)
  /// The export of a closed date changed.
  func foundLateInput(_ date: LateDate, of tenant: TenantID)
  /// A tenant was stopped, at a date or before its first; other tenants continue.
  func stopped(_ tenant: TenantID, at date: BusinessDate?, because message: String)
}
