public import LedgerDomain

/// The state of a tenant's books.
public struct TenantState: Hashable, Sendable {
  /// The tenant's number in the store.
  let reference: Int64
  /// The tenant.
  public let tenant: TenantID
  /// The first date that was closed.
  public let firstDate: BusinessDate
  /// The last date up to which every date is closed.
  public let closedThrough: BusinessDate
  /// The tenant's last close, whose digest is the head of its chain.
  public let lastClose: CloseID
  /// The chain digest of the last close.
  public let chainDigest: String
  /// The chart that the last close used.
  let chartReference: Int64
}
