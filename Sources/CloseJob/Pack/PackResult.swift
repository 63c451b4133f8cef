public import LedgerDomain
public import Reports
import SnapshotStore

/// A pack that was written.
public struct PackResult: Sendable {
  /// How a tenant's month stands.
  public struct Tenant: Sendable {
    /// Whose books.
    public let tenant: TenantID
    /// What people call the tenant, or its UUID.
    public let label: String
    /// The last closed date, at most the last of the month.
    public let closedThrough: BusinessDate
    /// How many dates of the month are not closed.
    public let datesMissing: Int
    /// How many items are open.
    public let openItems: Int
    /// Whether the stored books are proved.
    public let isProved: Bool
  }

  /// The month.
  public let month: CalendarMonth
  /// Where the pack is.
  public let path: String
  /// The SHA-256 of the pack, in lower-case hexadecimal.
  public internal(set) var digest = ""
  /// The tenants, in the order of their ids; without those whose books begin after the month.
  public private(set) var tenants: [Tenant] = []
  private let verified: VerifyResult

  init(month: CalendarMonth, path: String, _ verified: VerifyResult) {
    self.month = month
    self.path = path
    self.verified = verified
  }

  /// As for a close: 0 if nothing is open, 1 if something is; 2 if the stored books are not proved.
  public var exitCode: Int32 {
    if !isProved { return 2 }
    return tenants.contains { $0.openItems > 0 } ? 1 : 0
  }

  /// Whether the stored books of all tenants are proved.
  public var isProved: Bool {
    verified.exitCode == 0 && tenants.allSatisfy(\.isProved)
  }

  /// What the verification found about a tenant; `nil` if it was not verified.
  func verification(of tenant: TenantID) -> PackVerification? {
    guard let found = verified.tenants.first(where: { $0.tenant == tenant }) else { return nil }
    return PackVerification(
      closes: found.counts.closes, balances: found.counts.rows, dates: found.dates,
      differences: (verified.store + found.differences).map(\.message),
      failures: found.failures, notes: found.notes)
  }

  mutating func add(_ record: MonthRecord) {
    tenants.append(
      Tenant(
        tenant: record.tenant, label: record.name ?? record.tenant.description,
        closedThrough: record.dates.upperBound, datesMissing: record.datesMissing,
        openItems: record.matters.count, isProved: record.isProved))
  }

  /// Adds a tenant without a closed date in the month, unless its books begin later.
  mutating func add(absent state: TenantState, label: String?) {
    guard state.closedThrough < month.dates.lowerBound else { return }
    tenants.append(
      Tenant(
        tenant: state.tenant, label: label ?? state.tenant.description,
        closedThrough: state.closedThrough, datesMissing: month.dates.all.count, openItems: 1,
        isProved: true))
  }
}
