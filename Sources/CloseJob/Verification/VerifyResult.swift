public import LedgerDomain

/// A difference between what is stored and what must be stored.
public struct Difference: Hashable, Sendable {
  /// Whose books; `nil` if it is about the whole store.
  public let tenant: TenantID?
  /// The close it is about.
  public let close: CloseID?
  /// The date it is about.
  public let date: BusinessDate?
  /// What differs, in a sentence.
  public let message: String
}

/// The result of verifying one tenant's books.
public struct TenantVerification: Sendable {
  /// Whose books.
  public let tenant: TenantID
  /// How many closes were verified, how many balances they wrote, and how many of those are restatements.
  public var counts = (closes: 0, rows: 0, restatements: 0)
  /// The first and last closed date.
  public var dates: ClosedRange<BusinessDate>
  /// How many dates were read again from the exports.
  public var datesRead = 0
  /// The differences found.
  public var differences: [Difference] = []
  /// What the operator should know.
  public var notes: [String] = []
  /// What could not be verified, and why.
  public var failures: [String] = []
}

/// The result of a verification.
public struct VerifyResult: Sendable {
  /// Differences of the store as a whole.
  public var store: [Difference] = []
  /// Tenant by tenant, in the order of their ids.
  public var tenants: [TenantVerification] = []
  /// Whether no export was read.
  public var isStoreOnly: Bool

  /// Every difference found.
  public var differences: [Difference] { store + tenants.flatMap(\.differences) }

  /// As for `diff`: 0 if nothing differs, 1 if something does, 2 if not everything could be verified.
  public var exitCode: Int32 {
    if tenants.contains(where: { !$0.failures.isEmpty }) { return 2 }
    return differences.isEmpty ? 0 : 1
  }
}
