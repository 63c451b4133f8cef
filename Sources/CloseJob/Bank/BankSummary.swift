import LedgerDomain
import Reports

/// What a run did about bank accounts, as text and as JSON.
public enum BankSummary {
  private static let datesListedMax = 40

  /// The lines about a tenant, each with its line feed; empty if there is nothing to say.
  static func text(_ tenant: TenantResult) -> String {
    var text = ""
    if !tenant.statementFiles.isEmpty {
      let count = tenant.statementFiles.count.counted("statement file")
      text += "  taken up     \(count)\n"
    }
    let reconciled = tenant.reconciled.filter { $0.version > 1 || tenant.dates.isEmpty }
    for date in reconciled.prefix(datesListedMax) {
      text += "  \(date.date)  \(date.account) \(date.status.rawValue), version \(date.version)"
      text += date.differenceMinor == 0 ? "" : ", difference \(date.differenceMinor)"
      text += date.withdrawsCertification ? ", certification withdrawn\n" : "\n"
    }
    if reconciled.count > datesListedMax {
      text += "  and \((reconciled.count - datesListedMax).counted("more date"))\n"
    }
    for finding in tenant.statementFindings {
      text += "  \(finding.code.rawValue)  \(finding.message)\n"
    }
    for bankBreak in tenant.bankBreaks { text += "  BANK BREAK  \(bankBreak.sentence)\n" }
    return text
  }

  /// Everything that `tieout reconcile` has to say, tenant by tenant.
  public static func details(_ result: RunResult) -> String {
    result.tenants.map { tenant in
      let lines =
        text(tenant) + tenant.notes.map { "  note  \($0)\n" }.joined()
        + (tenant.failure.map { "  FAILED  \($0.message)\n" } ?? "")
      return "tenant \(tenant.tenant)\n" + (lines.isEmpty ? "  nothing new\n" : lines) + "\n"
    }.joined()
  }

  /// The summary of `tieout reconcile` as JSON.
  public static func json(_ result: RunResult) throws -> String {
    try JSONDocument.text(
      ReconcileDocument(
        exit_code: result.exitCode,
        tenants: result.tenants.map { tenant in
          ReconcileDocument.Tenant(
            tenant_id: tenant.tenant.description, bank: BankDocument(tenant),
            notes: tenant.notes, failure: tenant.failure?.message)
        }))
  }
}

private struct ReconcileDocument: Encodable {
  struct Tenant: Encodable {
    let tenant_id: String
    let bank: BankDocument
    let notes: [String]
    let failure: String?
  }
  let exit_code: Int32
  let tenants: [Tenant]
}

/// A tenant's bank accounts in the summaries of runs.
struct BankDocument: Encodable {
  struct Date: Encodable {
    let bank_account_ref: String
    let business_date: String
    let version: Int
    let status: String
    let difference_minor: String
    let outstanding: Int
    let withdraws_certification: Bool

    init(_ date: ReconciledDate) {
      (bank_account_ref, business_date) = (date.account, date.date.description)
      (version, status, outstanding) = (date.version, date.status.rawValue, date.outstanding)
      difference_minor = String(date.differenceMinor)
      withdraws_certification = date.withdrawsCertification
    }
  }
  struct Break: Encodable {
    let bank_account_ref: String
    let business_date: String
    let reason: String
    let message: String

    init(_ bankBreak: BankBreak) {
      (bank_account_ref, business_date) = (bankBreak.account, bankBreak.date.description)
      message = bankBreak.sentence
      switch bankBreak {
      case .unreconciled: reason = "unreconciled"
      case .overdue: reason = "overdue"
      }
    }
  }
  struct FileFinding: Encodable {
    let code: String
    let file: String?
    let message: String
  }

  let files: [String]
  let findings: [FileFinding]
  let reconciled: [Date]
  let breaks: [Break]

  init(_ tenant: TenantResult) {
    files = tenant.statementFiles
    findings = tenant.statementFindings.map {
      FileFinding(code: $0.code.rawValue, file: $0.file, message: $0.message)
    }
    reconciled = tenant.reconciled.map { Date($0) }
    breaks = tenant.bankBreaks.map { Break($0) }
  }
}
