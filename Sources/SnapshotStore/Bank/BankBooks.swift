public import LedgerDomain

/// Whose bank log and ledger items are meant.
public struct BankBooks: Hashable, Sendable {
  let reference: Int64
  /// The tenant.
  public let tenant: TenantID
  /// The first date that was closed.
  public let firstDate: BusinessDate
  /// The last date that is closed, or being closed.
  public let lastDate: BusinessDate

  /// The books of a tenant that has closes.
  public init(_ state: TenantState) {
    (reference, tenant, firstDate) = (state.reference, state.tenant, state.firstDate)
    lastDate = state.closedThrough
  }

  /// The books that a close is being added to.
  public init(_ close: PendingClose) {
    (reference, tenant) = (close.tenantReference, close.tenant)
    firstDate = close.previous?.firstDate ?? close.businessDate
    lastDate = max(close.previous?.closedThrough ?? close.businessDate, close.businessDate)
  }
}
