import DailyClose
import JournalReading
public import LedgerDomain
import SnapshotStore

/// What stopped a tenant in a run; other tenants are closed nevertheless.
public struct TenantFailure: Hashable, Sendable {
  /// The date that could not be closed; `nil` if the failure is not about one date.
  public let date: BusinessDate?
  /// What happened, where, and what to do.
  public let message: String

  /// A failure with that message.
  public init(date: BusinessDate?, message: String) {
    self.date = date
    self.message = message
  }

  /// Whether an error is about a tenant's own input or books.
  ///
  /// Any other, such as a full disk, may have undone what the open transaction holds of other tenants,
  /// and stops the run.
  static func isCause(_ error: any Error) -> Bool {
    if let error = error as? StoreError { return error.code == .alteredStore }
    return error is ReadingError || error is CloseRefusal || error is BalanceOverflow
      || error is SpillError || error is LoanOverflow
  }
}
