public import LedgerDomain

/// An entry that names a tenant names the one whose directory it is in.
public struct TenantRule: EntryRule, Sendable {
  private let tenant: TenantID

  /// The rule for that tenant's directory.
  public init(tenant: TenantID) {
    self.tenant = tenant
  }

  /// Whether the entry satisfies the rule.
  public func holds(for entry: JournalEntry) -> Bool {
    guard let named = entry.tenant else { return true }
    return named == tenant
  }

  /// The findings for an entry that violates the rule; empty for one that satisfies it.
  public func findings(for entry: JournalEntry) -> [Finding] {
    guard let named = entry.tenant, named != tenant else { return [] }
    return [
      Finding(
        .tenantMismatch, entry, field: "tenant_id",
        message:
          "The entry belongs to tenant \(named) but is in the directory of tenant \(tenant). "
          + "Have the exporter write it to the directory of its tenant.")
    ]
  }
}
