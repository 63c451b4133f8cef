import BuildInfo
import CloseJob
import JobConfiguration
import LedgerDomain
import PrometheusFormat
import SnapshotStore

/// The metrics of a run: its timing, its findings, and how far each tenant's books are closed.
struct RunMetrics {
  private static let completion = "tieout_last_completion_timestamp_seconds"
  private static let success = "tieout_last_success_timestamp_seconds"

  let settings: JobSettings
  let outcome: RunOutcome
  let progress: CloseProgress

  /// The page of metrics.
  ///
  /// - Parameter previousPage: the page that the previous run wrote; its last success is carried
  ///   over.
  func text(previousPage: String) -> String {
    var metrics = PrometheusText()
    addRun(to: &metrics, previousPage: previousPage)
    addWork(to: &metrics)
    addTenants(to: &metrics)
    return metrics.text
  }

  private func addRun(to metrics: inout PrometheusText, previousPage: String) {
    let finishedAt = Double(outcome.finishedAt)
    metrics.gauge(
      "tieout_build_info", help: "Version and commit of the program that ran last.",
      [([("version", BuildInfo.version), ("git_sha", BuildInfo.gitSHA)], 1)])
    metrics.gauge(
      "tieout_run_start_timestamp_seconds", help: "When the last run began.",
      Double(outcome.startedAt))
    metrics.gauge("tieout_run_end_timestamp_seconds", help: "When the last run ended.", finishedAt)
    metrics.gauge(
      "tieout_run_exit_code",
      help:
        "Exit code of the last run: 0 ties out, 1 breaks or quarantine, 2 failure, 64 usage.",
      Double(outcome.exitCode))
    let completed =
      outcome.exitCode <= 1
      ? finishedAt : PrometheusText.value(of: Self.completion, in: previousPage)
    if let completed {
      metrics.gauge(
        Self.completion,
        help: "When a run last closed every date it had to, with or without breaks.",
        completed)
    }
    let succeeded =
      outcome.exitCode == 0 ? finishedAt : PrometheusText.value(of: Self.success, in: previousPage)
    if let succeeded {
      metrics.gauge(
        Self.success, help: "When a run last ended with everything tying out.", succeeded)
    }
  }

  private func addWork(to metrics: inout PrometheusText) {
    let dates = outcome.result?.tenants.flatMap(\.dates) ?? []
    let spent = progress.timesSpent()
    metrics.gauge(
      "tieout_run_duration_seconds", help: "How long the last run took.",
      outcome.result?.seconds ?? Double(outcome.finishedAt - outcome.startedAt))
    metrics.gauge(
      "tieout_run_stage_busy_seconds",
      help: "Thread time that the last run spent in each stage; several threads read at once.",
      CloseProgress.Stage.allCases.map {
        ([("stage", $0.rawValue)], spent[$0]?.seconds ?? 0)
      })
    metrics.gauge("tieout_run_closes", help: "Dates that the last run closed.", Double(dates.count))
    metrics.gauge(
      "tieout_run_records", help: "Records of the dates that the last run closed.",
      Double(dates.reduce(0) { $0 + $1.header.recordsRead }))
    metrics.gauge(
      "tieout_run_part_bytes", help: "Bytes on disk of the parts that the last run read.",
      Double(progress.bytesRead))
    metrics.gauge(
      "tieout_run_record_bytes",
      help: "Uncompressed bytes of records of the dates that the last run closed.",
      Double(dates.reduce(0) { $0 + $1.recordBytes }))
    var counts: [FindingCode: Int] = [:]
    for finding in dates.flatMap(\.findingCounts) {
      counts[finding.code, default: 0] += finding.count
    }
    for (severity, name, help) in [
      (Severity.error, "tieout_run_quarantined_records", "Records that the last run quarantined."),
      (.warning, "tieout_run_warnings", "Warnings that the last run found."),
    ] {
      metrics.gauge(
        name, help: help,
        FindingCode.allCases.filter { $0.severity == severity }.map {
          ([("code", $0.rawValue)], Double(counts[$0] ?? 0))
        })
    }
  }

  private func addTenants(to metrics: inout PrometheusText) {
    let stopped = (outcome.result?.tenants ?? []).map { tenant in
      ([("tenant_id", "\(tenant.tenant)")], tenant.failure == nil ? 0.0 : 1)
    }
    metrics.gauge(
      "tieout_tenant_stopped",
      help: "Whether the last run failed to close a tenant's dates: 1 yes, 0 no.", stopped)
    metrics.gauge(
      "tieout_tenant_late_dates",
      help: "Closed dates of a tenant whose export changed and that are not closed again.",
      (outcome.result?.tenants ?? []).map { tenant in
        ([("tenant_id", "\(tenant.tenant)")], Double(tenant.lateInput.count))
      })
    let books = (try? books()) ?? []
    let now = outcome.finishedAt
    let ends = books.map { calendar.seconds(of: $0.state.closedThrough).upperBound }
    let labels = books.map { [("tenant_id", "\($0.state.tenant)")] }
    metrics.gauge(
      "tieout_closed_through_timestamp_seconds",
      help: "End of the date through which a tenant's books are closed.",
      zip(labels, ends).map { ($0, Double($1)) })
    metrics.gauge(
      "tieout_closed_through_age_seconds",
      help: "Time from the end of the last closed date to the end of the last run.",
      zip(labels, ends).map { ($0, Double(now - $1)) })
    metrics.gauge(
      "tieout_last_close_quarantined_records",
      help: "Records that a tenant's last close quarantined.",
      zip(labels, books).map { ($0, Double($1.header.recordsQuarantined)) })
    metrics.gauge(
      "tieout_tie_out_status",
      help: "Outcome of each check in a tenant's last close: 0 pass, 1 fail, 2 inconclusive.",
      zip(labels, books).flatMap { labels, book in
        TieOutCheck.allCases.map { check in
          (labels + [("check", check.rawValue)], Self.number(book.tieOuts.status(of: check)))
        }
      })
    BankMetrics(
      calendar: calendar,
      accounts: books.flatMap { book in
        book.banks.map { (tenant: book.state.tenant, standing: $0) }
      }
    ).add(to: &metrics)
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
    let banks: [BankStanding]
  }

  /// Every tenant's last close, including tenants that this run did not touch.
  private func books() throws -> [Book] {
    guard let path = settings.store, BookStore.exists(at: path) else { return [] }
    return try BookStore(readingFrom: path).read { reader in
      try reader.tenantStates().map { state in
        let header = try reader.lastHeader(state)
        return Book(
          state: state, header: header, tieOuts: try reader.tieOuts(header.closeID),
          banks: try BankStanding.all(state, settings, reader))
      }
    }
  }
}
