import LedgerDomain
import Reports

/// The summary of a verification, as text and as JSON.
public enum VerifySummary {
  /// The summary as text.
  public static func text(_ result: VerifyResult) -> String {
    var text = result.store.map { "DIFFERS  \($0.message)\n" }.joined()
    for tenant in result.tenants { text += self.text(tenant, isStoreOnly: result.isStoreOnly) }
    let count = result.differences.count
    let outcome =
      switch result.exitCode {
      case 0:
        result.isStoreOnly
          ? "the store is intact; the exports were not read" : "the store matches the exports"
      case 1: "DIFFERENCES: \(count)"
      default: "FAILED: not everything could be verified, \(count.counted("difference"))"
      }
    return text + outcome + "\n"
  }

  private static func text(_ tenant: TenantVerification, isStoreOnly: Bool) -> String {
    let counts = tenant.counts
    var text =
      "tenant \(tenant.tenant)\n  \(counts.closes.counted("close")) from "
      + "\(tenant.dates.lowerBound) to \(tenant.dates.upperBound): "
      + "\(counts.rows.counted("balance")), \(counts.restatements) of them restated"
    text += isStoreOnly ? "\n" : "; exports of \(tenant.datesRead.counted("date")) read\n"
    for note in tenant.notes { text += "  note  \(note)\n" }
    for difference in tenant.differences { text += "  DIFFERS  \(difference.message)\n" }
    for failure in tenant.failures { text += "  FAILED  \(failure)\n" }
    return text
  }

  /// The summary as JSON.
  public static func json(_ result: VerifyResult) throws -> String {
    try JSONDocument.text(VerifyDocument(result))
  }
}

private struct VerifyDocument: Encodable {
  struct Named: Encodable {
    let tenant_id: String?
    let close_id: Int64?
    let business_date: String?
    let message: String
  }
  struct Tenant: Encodable {
    let tenant_id: String
    let first_date: String
    let closed_through: String
    let closes: Int
    let balances: Int
    let restatements: Int
    let dates_read: Int
    let notes: [String]
    let failure: [String]
  }
  let exit_code: Int32
  let store_only: Bool
  let differences: [Named]
  let tenants: [Tenant]

  init(_ result: VerifyResult) {
    exit_code = result.exitCode
    store_only = result.isStoreOnly
    differences = result.differences.map {
      Named(
        tenant_id: $0.tenant?.description, close_id: $0.close?.number,
        business_date: $0.date?.description, message: $0.message)
    }
    tenants = result.tenants.map {
      Tenant(
        tenant_id: $0.tenant.description, first_date: $0.dates.lowerBound.description,
        closed_through: $0.dates.upperBound.description, closes: $0.counts.closes,
        balances: $0.counts.rows, restatements: $0.counts.restatements, dates_read: $0.datesRead,
        notes: $0.notes, failure: $0.failures)
    }
  }
}
