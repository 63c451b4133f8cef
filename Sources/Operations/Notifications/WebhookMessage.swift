import BuildInfo
import CloseJob
import JobConfiguration
import LedgerDomain
import Reports

/// The body of the webhook: what a run closed, with the API's reconciliation status of each close.
struct WebhookMessage: Encodable {
  struct Close: Encodable {
    let close_id: Int64
    let business_date: String
    let status: String
    let records_read: Int
    let records_quarantined: Int
    let quarantined: [String: Int]
    let tie_outs: [String: String]
    let restated_balances: Int
    let chain_digest: String
    let reconciliation_status: StatusDocument
  }
  struct Tenant: Encodable {
    let tenant_id: String
    let closes: [Close]
    let closes_left_out: Int
    let already_closed_through: String?
    let late_input: [String]
    let failure_date: String?
    let failure: String?
  }

  /// The most closes in a message; a longer backfill reports only each tenant's last ones.
  private static let closesMax = 1000

  let type = "tieout.run.finished"
  let version = BuildInfo.version
  let exit_code: Int32
  let outcome: String
  let started_at: String
  let finished_at: String
  let failure: String?
  let tenants: [Tenant]
  let unexpected_entries: [String]
  let unlisted_tenants: [String]

  init(_ outcome: RunOutcome) {
    exit_code = outcome.exitCode
    self.outcome = outcome.name
    let (startedAt, finishedAt) = (outcome.startedAt, outcome.finishedAt)
    started_at = RunClock { startedAt }.timestamp()
    finished_at = RunClock { finishedAt }.timestamp()
    failure = outcome.failure
    unexpected_entries = outcome.result?.unexpectedEntries ?? []
    unlisted_tenants = outcome.result?.unlistedTenants.map(\.description) ?? []
    let results = outcome.result?.tenants ?? []
    let share = max(1, Self.closesMax / max(1, results.count))
    tenants = results.map { tenant in
      Tenant(
        tenant_id: "\(tenant.tenant)", closes: tenant.dates.suffix(share).map(Self.close),
        closes_left_out: max(0, tenant.dates.count - share),
        already_closed_through: tenant.alreadyClosed.last?.businessDate.description,
        late_input: tenant.lateInput.map(\.date.description),
        failure_date: tenant.failure?.date?.description, failure: tenant.failure?.message)
    }
  }

  private static func close(_ date: DateResult) -> Close {
    let header = date.header
    return Close(
      close_id: header.closeID.number, business_date: "\(header.businessDate)",
      status: header.status.rawValue, records_read: header.recordsRead,
      records_quarantined: header.recordsQuarantined,
      quarantined: Dictionary(
        date.quarantined.map { ($0.code.rawValue, $0.count) }, uniquingKeysWith: +),
      tie_outs: Dictionary(
        TieOutCheck.allCases.map { ($0.rawValue, date.tieOuts.status(of: $0).rawValue) },
        uniquingKeysWith: { $1 }),
      restated_balances: date.restated.balances, chain_digest: header.chainDigest,
      reconciliation_status: StatusDocument(date.reconciliation))
  }
}
