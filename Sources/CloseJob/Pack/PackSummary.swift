import LedgerDomain
import Reports

/// What `tieout pack` prints.
public enum PackSummary {
  private static let tenantsMax = 20

  /// The path and digest of the pack, then which tenants have something open.
  public static func text(_ result: PackResult) -> String {
    var text = "\(result.path)\nsha256 \(result.digest)\n"
    let open = result.tenants.filter { $0.openItems > 0 || !$0.isProved }
    for tenant in open.prefix(tenantsMax) { text += "  \(line(tenant))\n" }
    if open.count > tenantsMax {
      text += "  and \((open.count - tenantsMax).counted("more tenant")): see index.html\n"
    }
    let tenants = result.tenants.count.counted("tenant")
    text += "\(result.month), \(tenants): "
    guard result.isProved else {
      return text + "NOT PROVED: the stored books are not those that were closed. "
        + "Run tieout verify --store-only.\n"
    }
    text += open.isEmpty ? "nothing is open" : "\(open.count) with open items"
    return text + "; the stored books are verified, the exports were not read\n"
  }

  private static func line(_ tenant: PackResult.Tenant) -> String {
    var parts: [String] = []
    if !tenant.isProved { parts.append("not proved") }
    if tenant.datesMissing > 0 { parts.append("closed through \(tenant.closedThrough) only") }
    if tenant.openItems > 0 { parts.append(tenant.openItems.counted("open item")) }
    return "\(tenant.label): \(parts.joined(separator: ", "))"
  }

  /// The same as JSON.
  public static func json(_ result: PackResult) throws -> String {
    try JSONDocument.text(PackDocument(result))
  }
}

private struct PackDocument: Encodable {
  struct Tenant: Encodable {
    let tenant_id: String
    let closed_through: String
    let dates_missing: Int
    let open_items: Int
    let proved: Bool
  }
  let exit_code: Int32
  let month: String
  let path: String
  let sha256: String
  let proved: Bool
  let exports_read = false
  let tenants: [Tenant]

  init(_ result: PackResult) {
    exit_code = result.exitCode
    month = result.month.description
    path = result.path
    sha256 = result.digest
    proved = result.isProved
    tenants = result.tenants.map {
      Tenant(
        tenant_id: $0.tenant.description, closed_through: $0.closedThrough.description,
        dates_missing: $0.datesMissing, open_items: $0.openItems, proved: $0.isProved)
    }
  }
}
