import JournalReading
public import LedgerDomain
import Reports
import SnapshotStore

/// What a run would do for one date.
public struct DryRunDate: Sendable {
  /// What would be done.
  public enum Step: String, Sendable {
    /// It would be closed.
    case close
    /// It is closed, and its input has not changed.
    case closedAlready = "closed_already"
    /// It is closed, its input has changed, and it would be closed again.
    case reclose
    /// It is closed, its input has changed, and every run would report that until it is closed again.
    case lateInput = "late_input"
    /// It is closed, and its export is gone.
    case exportGone = "export_gone"
    /// It cannot be closed at present.
    case refuse
  }

  /// The date.
  public let date: BusinessDate
  /// What would be done.
  public let step: Step
  /// How many parts it has, and their bytes on disk.
  public let parts: (count: Int, bytes: Int)
  /// Why it would fail, or what differs.
  public let reason: String?
}

/// What a run would do, determined without changing anything.
public struct DryRun: Sendable {
  /// What would be done for one tenant.
  public struct Tenant: Sendable {
    /// Whose books.
    public let tenant: TenantID
    /// The dates, in order.
    public var dates: [DryRunDate] = []
    /// What the operator should know.
    public var notes: [String] = []
    /// Why nothing could be done for the tenant.
    public var failure: String?
  }

  /// Tenant by tenant, in the order of their ids.
  public var tenants: [Tenant] = []
  /// Tenants with exports that the job's `tenants` does not list, in order.
  public var unlistedTenants: [TenantID] = []

  /// 2 if something would fail, otherwise 0.
  public var exitCode: Int32 {
    let isRefused = tenants.contains { tenant in
      tenant.failure != nil || tenant.dates.contains { $0.step == .refuse }
    }
    return isRefused ? 2 : 0
  }

  /// The dry run as text, consecutive dates with the same step on one line.
  public func text() -> String {
    var text = ""
    for tenant in tenants {
      text += "tenant \(tenant.tenant)\n"
      var dates = tenant.dates[...]
      while let first = dates.first {
        // A run stops a tenant at the first date that fails, so later dates fail with it.
        let run = dates.prefix {
          $0.step == first.step && ($0.step == .refuse || $0.reason == first.reason)
        }
        dates = dates.dropFirst(run.count)
        text += Self.line(run)
      }
      for note in tenant.notes { text += "  note  \(note)\n" }
      if let failure = tenant.failure { text += "  FAILED  \(failure)\n" }
      text += "\n"
    }
    if let unlisted = UnlistedTenants.sentence(unlistedTenants) { text += "note  \(unlisted)\n" }
    return text + "nothing was changed\n"
  }

  private static func line(_ run: ArraySlice<DryRunDate>) -> String {
    guard let first = run.first, let last = run.last else { return "" }
    let dates =
      run.count == 1 ? "\(first.date)" : "\(first.date) to \(last.date) (\(run.count) dates)"
    let parts = run.reduce(0) { $0 + $1.parts.count }
    let bytes = run.reduce(0) { $0 + $1.parts.bytes }
    let words: String
    switch first.step {
    case .close: words = "would be closed"
    case .closedAlready: words = "already closed, same records"
    case .reclose: words = "would be closed again"
    case .lateInput: words = "LATE INPUT, would be reported and not closed again"
    case .exportGone: words = "already closed, export is gone"
    case .refuse: words = "WOULD FAIL"
    }
    let which = first.step == .refuse && run.count > 1 ? "first " : ""
    let reason = first.reason.map { ": \(which)\($0)" } ?? ""
    return "  \(dates)  \(words), \(parts.counted("part")), \(bytes.counted("byte"))\(reason)\n"
  }

  /// The dry run as JSON.
  public func json() throws -> String {
    try JSONDocument.text(DryRunDocument(self))
  }
}

private struct DryRunDocument: Encodable {
  struct Date: Encodable {
    let business_date: String
    let step: String
    let parts: Int
    let bytes: Int
    let reason: String?
  }
  struct Tenant: Encodable {
    let tenant_id: String
    let dates: [Date]
    let notes: [String]
    let failure: String?
  }
  let exit_code: Int32
  let tenants: [Tenant]
  let unlisted_tenants: [String]

  init(_ dryRun: DryRun) {
    exit_code = dryRun.exitCode
    unlisted_tenants = dryRun.unlistedTenants.map(\.description)
    tenants = dryRun.tenants.map { tenant in
      Tenant(
        tenant_id: tenant.tenant.description,
        dates: tenant.dates.map {
          Date(
            business_date: $0.date.description, step: $0.step.rawValue, parts: $0.parts.count,
            bytes: $0.parts.bytes, reason: $0.reason)
        }, notes: tenant.notes, failure: tenant.failure)
    }
  }
}
