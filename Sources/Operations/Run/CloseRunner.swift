public import CloseJob
import FoundationEssentials
public import JobConfiguration
import LedgerDomain
import SnapshotStore

/// Runs a close with progress display, log, metrics and notifications.
///
///     let code = CloseRunner(sources: sources, problems: [], request: CloseRequest()).run { result in
///       // write the summary to standard output
///       true
///     }
public struct CloseRunner {
  private let sources: SettingSources
  private let problems: [UsageError]
  private let request: CloseRequest
  private let clock: RunClock

  /// A runner for a close.
  ///
  /// - Parameter problems: the problems found while reading the job file. If there are any, the run
  ///   does not begin, and notifications report that.
  public init(
    sources: SettingSources, problems: [UsageError], request: CloseRequest,
    clock: RunClock = .system
  ) {
    self.sources = sources
    self.problems = problems
    self.request = request
    self.clock = clock
  }

  /// Runs the close to its end.
  ///
  /// - Parameter report: writes the summary of the run; returns `false` if it could not be written.
  /// - Returns: the exit code.
  public func run(_ report: (RunResult) -> Bool) -> Int32 {
    var problems = problems
    let settings = JobSettings(sources, problems: &problems)
    let environment = ProcessInfo.processInfo.environment
    let format = Self.format(settings.logFormat, environment)
    let isLive = format == .terminal && !settings.isQuiet && StandardError.isTerminal(environment)
    let statusLines = isLive ? StatusLines() : nil
    let log = RunLog(format, isQuiet: settings.isQuiet, clock: clock) { text in
      statusLines?.write(text) ?? StandardError.write(text)
    }
    let progress = CloseProgress(observer: LoggingCloseObserver(log: log))
    let notifier = Notifier(settings, log: log, clock: clock)
    let startedAt = clock.now()
    var hasBegun = false
    var result: RunResult?
    var failure: (any Error)? = problems.first
    if failure == nil {
      do {
        let run = try CloseRun(
          settings: settings, clock: clock, request: waiting(log), progress: progress)
        let display = ProgressDisplay(progress, log: log, statusLines: statusLines)
        defer { display.end() }
        notifier.begin()
        hasBegun = true
        result = try run.run()
      } catch {
        failure = error
      }
    }
    let code = finish(result, failure, log: log, report)
    let outcome = RunOutcome(
      exitCode: code, result: result, failure: failure.map { "\($0)" }, startedAt: startedAt,
      finishedAt: clock.now())
    // If another run holds the lock, that run writes the metrics when it ends.
    if code != 75 { writeMetrics(settings, outcome, progress, log) }
    notifier.end(outcome, hasBegun: hasBegun)
    return code
  }

  /// Logs and reports how the run ended.
  private func finish(
    _ result: RunResult?, _ failure: (any Error)?, log: RunLog, _ report: (RunResult) -> Bool
  ) -> Int32 {
    if let failure {
      log.log(LogEvent(level: .error, event: "failed", message: "\(failure)"))
      return RunOutcome.exitCode(of: failure)
    }
    guard let result, report(result) else { return 2 }
    for message in result.unexpectedEntries {
      log.log(LogEvent(level: .error, event: "unexpected_entry", message: message))
    }
    if let message = result.overviewFailure {
      log.log(LogEvent(level: .error, event: "overview_failed", message: message))
    }
    if let unlisted = UnlistedTenants.sentence(result.unlistedTenants) {
      log.log(
        LogEvent(
          level: .warning, event: "unlisted_tenants", message: unlisted,
          fields: ["tenants": .count(result.unlistedTenants.count)]))
    }
    let dates = result.tenants.reduce(0) { $0 + $1.dates.count }
    let records = result.tenants.flatMap(\.dates).reduce(0) { $0 + $1.header.recordsRead }
    log.log(
      LogEvent(
        level: .info, event: "finished",
        message: "\(dates.counted("date")) closed, \(records.counted("record")), "
          + "\(ReadableText.oneDecimal(result.seconds)) s, exit code \(result.exitCode)",
        fields: [
          "dates": .count(dates), "records_read": .count(records),
          "seconds": .seconds(result.seconds), "exit_code": .count(Int(result.exitCode)),
        ]))
    return result.exitCode
  }

  private func waiting(_ log: RunLog) -> CloseRequest {
    var request = request
    request.listedTenants = sources.listedTenants
    if request.waiting != nil {
      request.waiting = {
        log.log(
          LogEvent(
            level: .warning, event: "waiting", message: "waiting for another run to end"))
      }
    }
    return request
  }

  private func writeMetrics(
    _ settings: JobSettings, _ outcome: RunOutcome, _ progress: CloseProgress, _ log: RunLog
  ) {
    guard let path = settings.metricsFile else { return }
    let file = MetricsFile(path: path)
    let metrics = RunMetrics(settings: settings, outcome: outcome, progress: progress)
    do {
      try file.write(metrics.text(previousPage: file.previousPage()))
    } catch {
      log.log(LogEvent(level: .warning, event: "metrics_failed", message: "\(error)"))
    }
  }

  private static func format(
    _ setting: JobSettings.LogFormat, _ environment: [String: String]
  ) -> RunLog.Format {
    switch setting {
    case .text: .text
    case .json: .json
    case .journald: .journald
    case .automatic:
      StandardError.isTerminal(environment)
        ? .terminal : StandardError.isJournal(environment) ? .journald : .text
    }
  }
}
