public import LedgerDomain

/// All tenants' books as `index.html` shows them.
public struct Overview: Hashable, Sendable {
  /// The tenants in the order of their ids.
  public let tenants: [TenantOverview]
  /// What people call them.
  public let names: TenantNames
  /// The settings that decide when a statement is overdue; another text means that matters of bank
  /// accounts must be read again.
  public let banking: String

  /// Creates an overview.
  ///
  /// - Parameter tenants: in the order of their ids, each without `notClosed`, which follows from the
  ///   others.
  public init(tenants: [TenantOverview], names: TenantNames, banking: String) {
    let last = tenants.map(\.closedThrough).max()
    self.tenants = tenants.map { tenant in
      var tenant = tenant
      tenant.compare(with: last ?? tenant.closedThrough)
      return tenant
    }
    self.names = names
    self.banking = banking
  }

  /// The last date that is closed for any tenant; `nil` if there is none.
  public var lastDate: BusinessDate? { tenants.map(\.closedThrough).max() }

  /// How many matters of a kind there are.
  func count(_ kind: OpenMatter.Kind) -> Int {
    tenants.reduce(0) { $0 + $1.matters.count { $0.kind == kind } }
  }
}
