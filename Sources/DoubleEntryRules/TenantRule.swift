public import LedgerDomain

/// An entry that names a tenant names the one in whose directory it lies.
public struct TenantRule: EntryRule, Sendable {
  private let tenant: TenantID

  /// The rule for that tenant's directory.
  public init(tenant: TenantID) {
    self.tenant = tenant
  }

  /// Whether the entry keeps the rule.
  public func holds(for entry: JournalEntry) -> Bool {
    guard let named = entry.tenant else { return true }
    return named == tenant
  }

  /// What to report of an entry that breaks the rule; empty for one that keeps it.
  public func findings(for entry: JournalEntry) -> [Finding] {
    guard let named = entry.tenant, named != tenant else { return [] }
    return [
      Finding(
        .tenantMismatch, entry, field: "tenant_id",
        message: "The entry is tenant \(named)'s but lies in tenant \(tenant)'s directory. Have "
          + "the exporter put it where it belongs.")
    ]
  }
}
