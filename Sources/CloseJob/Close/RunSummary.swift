import LedgerDomain
import Reports

/// The summary of a run, as text and as JSON.
public enum RunSummary {
  private static let datesListedMax = 40

  /// Everything that a run has to say, tenant by tenant and date by date.
  public static func details(_ result: RunResult) -> String {
    var text = ""
    for tenant in result.tenants {
      let name = result.tenantNames[tenant.tenant].map { "  \($0)" } ?? ""
      text += "tenant \(tenant.tenant)\(name)\n" + self.text(tenant, reports: result.reports)
    }
    for entry in result.unexpectedEntries { text += "FAILED  \(entry)\n" }
    if let failure = result.overviewFailure { text += "FAILED  \(failure)\n" }
    return text
  }

  private static func text(_ tenant: TenantResult, reports: String?) -> String {
    var text = ""
    let folded = tenant.dates.count > datesListedMax
    var cleanCount = 0
    for date in tenant.dates {
      if folded && date.header.status == .clean && date.header.replaces == nil {
        cleanCount += 1
      } else {
        text += line(date, reports: reports)
      }
    }
    if cleanCount > 0, let first = tenant.dates.first, let last = tenant.dates.last {
      text +=
        "  \(cleanCount.counted("date")) from \(first.header.businessDate) to "
        + "\(last.header.businessDate) closed, everything ties out\n"
    }
    text += alreadyClosed(tenant)
    text += BankSummary.text(tenant)
    for late in tenant.lateInput {
      text += "  \(late.date)  LATE INPUT  \(late.change) \(late.remedy)\n"
    }
    for note in tenant.notes { text += "  note  \(note)\n" }
    if let failure = tenant.failure {
      let date = failure.date.map { "\($0)  " } ?? ""
      text += "  \(date)FAILED  \(failure.message)\n"
    }
    return text + "\n"
  }

  private static func alreadyClosed(_ tenant: TenantResult) -> String {
    let closes = tenant.alreadyClosed
    guard let first = closes.first, let last = closes.last else { return "" }
    let outcome =
      tenant.alreadyClosedWithBreaks.isEmpty
      ? "everything ties out\n" : "with breaks or quarantined records\n"
    if closes.count == 1 {
      return "  \(last.businessDate) is already closed (close \(last.closeID)), \(outcome)"
    }
    return "  \(closes.count) dates from \(first.businessDate) to \(last.businessDate) are already "
      + "closed, \(outcome)"
  }

  private static func line(_ date: DateResult, reports: String?) -> String {
    let header = date.header
    var text =
      "  \(header.businessDate)  close \(header.closeID)  \(header.recordsRead.counted("record")), "
      + "\(header.recordsQuarantined) quarantined  \(verdict(date))\n"
    if let replaced = header.replaces { text += "    replaces     close \(replaced)\n" }
    if date.restated.balances > 0 {
      text +=
        "    restated     \(date.restated.balances.counted("balance")) on "
        + "\(date.restated.dates.counted("date")) (see restatements.csv)\n"
    }
    if !date.withdrawn.isEmpty {
      text +=
        "    withdrew     the certification of "
        + date.withdrawn.map(\.description).joined(separator: ", ") + "\n"
    }
    if date.lapsedAcceptances > 0, let replaced = header.replaces {
      text +=
        "    lapsed       the acceptance of "
        + "\(date.lapsedAcceptances.counted("quarantined record")) of close \(replaced): what is still "
        + "quarantined is open again\n"
    }
    if let open = date.tieOuts.first(where: { $0.check == .openQuarantine && $0.status == .fail }) {
      text += "    open         \(open.detail)\n"
    }
    if !date.quarantined.isEmpty {
      text +=
        "    quarantined  "
        + date.quarantined.map { "\($0.code.rawValue) \($0.count)" }.joined(separator: ", ") + "\n"
    }
    let noted = date.findingCounts.filter { $0.code.severity != .error }
    if !noted.isEmpty {
      text +=
        "    noted        "
        + noted.map { "\($0.code.rawValue) \($0.count)" }.joined(separator: ", ") + "\n"
    }
    let statuses = TieOutCheck.allCases.map {
      "\($0.rawValue) \(date.tieOuts.status(of: $0).rawValue)"
    }
    text += "    tie-outs     \(statuses.joined(separator: ", "))\n"
    if let reports {
      text += "    reports      \(reports)/\(header.tenant)/\(header.businessDate)\n"
    }
    return text
  }

  /// Whether the date ties out: only if a run with no other date would exit with 0.
  private static func verdict(_ date: DateResult) -> String {
    if !date.breaks.isEmpty {
      return "BREAKS " + date.breaks.map(\.rawValue).joined(separator: ", ")
    }
    return date.header.status == .clean ? "ties out" : "QUARANTINED"
  }

  /// The summary as JSON.
  public static func json(_ result: RunResult) throws -> String {
    try JSONDocument.text(RunDocument(result))
  }
}

private struct RunDocument: Encodable {
  struct Close: Encodable {
    let close_id: Int64
    let business_date: String
    let status: String
    let records_read: Int
    let entries_accepted: Int
    let records_quarantined: Int
    let replaces_close_id: Int64?
    let restated_balances: Int
    let withdrawn_certifications: [String]
    let lapsed_acceptances: Int
    let findings: [String: Int]
    let tie_outs: [String: String]
    let chain_digest: String
    let reports: String?
  }
  struct LateInput: Encodable {
    let business_date: String
    let close_id: Int64
    let parts_closed: Int
    let parts_now: Int
    let differences: String
    let reading_error: String?

    init(_ late: LateDate) {
      business_date = late.date.description
      close_id = late.closeID.number
      (parts_closed, parts_now) = (late.partsClosed, late.partsNow)
      (differences, reading_error) = (late.differences, late.readingError)
    }
  }
  struct Tenant: Encodable {
    let tenant_id: String
    let tenant_name: String?
    let closes: [Close]
    let already_closed: String?
    let already_closed_count: Int
    let late_input: [LateInput]
    let bank: BankDocument
    let notes: [String]
    let failure_date: String?
    let failure: String?
  }
  let exit_code: Int32
  let seconds: Double
  let tenants: [Tenant]
  let unexpected_entries: [String]
  let unlisted_tenants: [String]
  let overview_failure: String?

  init(_ result: RunResult) {
    exit_code = result.exitCode
    seconds = result.seconds
    unexpected_entries = result.unexpectedEntries
    unlisted_tenants = result.unlistedTenants.map(\.description)
    overview_failure = result.overviewFailure
    tenants = result.tenants.map { tenant in
      Tenant(
        tenant_id: tenant.tenant.description, tenant_name: result.tenantNames[tenant.tenant],
        closes: tenant.dates.map { Self.close($0, reports: result.reports) },
        already_closed: tenant.alreadyClosed.last?.businessDate.description,
        already_closed_count: tenant.alreadyClosed.count,
        late_input: tenant.lateInput.map { LateInput($0) }, bank: BankDocument(tenant),
        notes: tenant.notes,
        failure_date: tenant.failure?.date?.description, failure: tenant.failure?.message)
    }
  }

  private static func close(_ date: DateResult, reports: String?) -> Close {
    let header = date.header
    return Close(
      close_id: header.closeID.number, business_date: header.businessDate.description,
      status: header.status.rawValue, records_read: header.recordsRead,
      entries_accepted: header.entriesAccepted, records_quarantined: header.recordsQuarantined,
      replaces_close_id: header.replaces?.number, restated_balances: date.restated.balances,
      withdrawn_certifications: date.withdrawn.map(\.description),
      lapsed_acceptances: date.lapsedAcceptances,
      findings: Dictionary(
        date.findingCounts.map { ($0.code.rawValue, $0.count) }, uniquingKeysWith: { $1 }),
      tie_outs: Dictionary(
        TieOutCheck.allCases.map { ($0.rawValue, date.tieOuts.status(of: $0).rawValue) },
        uniquingKeysWith: { $1 }),
      chain_digest: header.chainDigest,
      reports: reports.map { "\($0)/\(header.tenant)/\(header.businessDate)" })
  }
}
