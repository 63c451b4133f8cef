public import LedgerDomain

/// Says which tenants have exports but are not in the job's list.
public enum UnlistedTenants {
  private static let namedMax = 10

  /// A sentence that names the first ten and counts them all; `nil` if there are none.
  public static func sentence(_ tenants: [TenantID]) -> String? {
    if tenants.isEmpty { return nil }
    let named = tenants.prefix(namedMax).map(\.description).joined(separator: ", ")
    let more = tenants.count > namedMax ? ", …" : ""
    return
      "\(tenants.count.counted("tenant directory is", "tenant directories are")) not in the job's tenants and "
      + "not read: \(named)\(more). Add the tenants to the list, or leave it out to close all."
  }
}
