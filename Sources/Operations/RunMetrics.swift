import BuildInfo
import CloseJob
import LedgerDomain
import SnapshotStore

/// The metrics of a run: its times, what it found, and where every tenant's books stand.
struct RunMetrics {
  private static let completion = "tieout_last_completion_timestamp_seconds"
  private static let success = "tieout_last_success_timestamp_seconds"

  let settings: JobSettings
  let outcome: RunOutcome
  let progress: CloseProgress

  /// The whole text.
  ///
  /// - Parameter earlier: the text that the run before wrote, whose last success is handed on.
  func text(earlier: String) -> String {
    var metrics = MetricsText()
    addRun(to: &metrics, earlier: earlier)
    addWork(to: &metrics)
    addTenants(to: &metrics)
    return metrics.text
  }

  private func addRun(to metrics: inout MetricsText, earlier: String) {
    let ended = Double(outcome.ended)
    metrics.gauge(
      "tieout_build_info", "Which Tieout ran.",
      [([("version", BuildInfo.version), ("git_sha", BuildInfo.gitSHA)], 1)])
    metrics.gauge(
      "tieout_run_start_timestamp_seconds", "When the last run began.", Double(outcome.began))
    metrics.gauge("tieout_run_end_timestamp_seconds", "When the last run ended.", ended)
    metrics.gauge(
      "tieout_run_exit_code",
      "How the last run ended: 0 ties out, 1 breaks or quarantined records, 2 failure, 64 usage.",
      Double(outcome.exitCode))
    let completed =
      outcome.exitCode <= 1 ? ended : MetricsText.value(of: Self.completion, in: earlier)
    if let completed {
      metrics.gauge(
        Self.completion, "When a run last closed everything it was to, with breaks or without.",
        completed)
    }
    let succeeded =
      outcome.exitCode == 0 ? ended : MetricsText.value(of: Self.success, in: earlier)
    if let succeeded {
      metrics.gauge(Self.success, "When a run last ended with everything tying out.", succeeded)
    }
  }

  private func addWork(to metrics: inout MetricsText) {
    let dates = outcome.result?.tenants.flatMap(\.dates) ?? []
    let spent = progress.timesSpent()
    metrics.gauge(
      "tieout_run_duration_seconds", "How long the last run took.",
      outcome.result?.seconds ?? Double(outcome.ended - outcome.began))
    metrics.gauge(
      "tieout_run_stage_busy_seconds",
      "How long threads of the last run were busy with a stage; several read at once.",
      CloseProgress.Stage.allCases.map {
        ([("stage", $0.rawValue)], spent[$0]?.seconds ?? 0)
      })
    metrics.gauge("tieout_run_closes", "Dates that the last run closed.", Double(dates.count))
    metrics.gauge(
      "tieout_run_records", "Records of the dates that the last run closed.",
      Double(dates.reduce(0) { $0 + $1.header.recordsRead }))
    metrics.gauge(
      "tieout_run_part_bytes", "Bytes of parts on disk that the last run read.",
      Double(progress.bytesRead))
    metrics.gauge(
      "tieout_run_record_bytes", "Bytes of records, inflated, of what the last run closed.",
      Double(dates.reduce(0) { $0 + $1.recordBytes }))
    var counts: [FindingCode: Int] = [:]
    for finding in dates.flatMap(\.findingCounts) {
      counts[finding.code, default: 0] += finding.count
    }
    for (severity, name, help) in [
      (Severity.error, "tieout_run_quarantined_records", "Records that the last run quarantined."),
      (.warning, "tieout_run_warnings", "Findings of the last run that somebody should look at."),
    ] {
      metrics.gauge(
        name, help,
        FindingCode.allCases.filter { $0.severity == severity }.map {
          ([("code", $0.rawValue)], Double(counts[$0] ?? 0))
        })
    }
  }

  private func addTenants(to metrics: inout MetricsText) {
    let stopped = (outcome.result?.tenants ?? []).map { tenant in
      ([("tenant_id", "\(tenant.tenant)")], tenant.failure == nil ? 0.0 : 1)
    }
    metrics.gauge(
      "tieout_tenant_stopped", "Whether failure stopped a tenant in the last run.", stopped)
    let books = (try? books()) ?? []
    let now = outcome.ended
    let ends = books.map { calendar.seconds(of: $0.state.closedThrough).upperBound }
    let labels = books.map { [("tenant_id", "\($0.state.tenant)")] }
    metrics.gauge(
      "tieout_closed_through_timestamp_seconds",
      "When the last date that a tenant's books are closed through was over.",
      zip(labels, ends).map { ($0, Double($1)) })
    metrics.gauge(
      "tieout_closed_through_age_seconds",
      "How long the last closed date had been over when the last run ended.",
      zip(labels, ends).map { ($0, Double(now - $1)) })
    metrics.gauge(
      "tieout_last_close_quarantined_records", "Records that a tenant's last close quarantined.",
      zip(labels, books).map { ($0, Double($1.header.recordsQuarantined)) })
    metrics.gauge(
      "tieout_tie_out_status",
      "How a check of a tenant's last close ended: 0 pass, 1 fail, 2 inconclusive.",
      zip(labels, books).flatMap { labels, book in
        TieOutCheck.allCases.map { check in
          (labels + [("check", check.rawValue)], Self.number(book.tieOuts.status(of: check)))
        }
      })
  }

  private static func number(_ status: TieOutStatus) -> Double {
    switch status {
    case .pass: 0
    case .fail: 1
    case .inconclusive: 2
    }
  }

  private var calendar: LedgerCalendar { LedgerCalendar(timeZone: settings.timeZone) ?? .utc }

  private struct Book {
    let state: TenantState
    let header: CloseHeader
    let tieOuts: [TieOut]
  }

  /// Every tenant's last close, those that the run did not touch among them.
  private func books() throws -> [Book] {
    guard let path = settings.store, BookStore.exists(at: path) else { return [] }
    return try BookStore(readingFrom: path).read { reader in
      try reader.tenantStates().map { state in
        let header = try reader.lastHeader(state)
        return Book(state: state, header: header, tieOuts: try reader.tieOuts(header.closeID))
      }
    }
  }
}
