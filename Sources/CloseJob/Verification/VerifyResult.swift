public import LedgerDomain

/// Something that verifying found to be other than it must be.
public struct Difference: Hashable, Sendable {
  /// Whose books; `nil` if it is about the whole store.
  public let tenant: TenantID?
  /// The close it is about.
  public let close: CloseID?
  /// The date it is about.
  public let date: BusinessDate?
  /// A sentence: what is other than it must be.
  public let message: String
}

/// What verifying one tenant's books came to.
public struct TenantVerification: Sendable {
  /// Whose books.
  public let tenant: TenantID
  /// How many closes were checked, how many snapshot rows they wrote, and how many of those restated.
  public var counts = (closes: 0, rows: 0, restatements: 0)
  /// The first and last closed date.
  public var dates: ClosedRange<BusinessDate>
  /// How many dates were read again from the exports.
  public var datesRead = 0
  /// What is other than it must be.
  public var differences: [Difference] = []
  /// Something that the person who verifies should know.
  public var notes: [String] = []
  /// What could not be verified, and why.
  public var failure: [String] = []
}

/// What verifying came to.
public struct VerifyResult: Sendable {
  /// What is wrong with the store as a whole.
  public var store: [Difference] = []
  /// Tenant by tenant, in the order of their ids.
  public var tenants: [TenantVerification] = []
  /// Whether the exports were left out.
  public var isStoreOnly: Bool

  /// Everything that is other than it must be.
  public var differences: [Difference] { store + tenants.flatMap(\.differences) }

  /// Like `diff`: 0 nothing differs, 1 something does, 2 not everything could be verified.
  public var exitCode: Int32 {
    if tenants.contains(where: { !$0.failure.isEmpty }) { return 2 }
    return differences.isEmpty ? 0 : 1
  }
}
