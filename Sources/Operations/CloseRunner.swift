public import CloseJob
import FoundationEssentials
import LedgerDomain
import SnapshotStore

/// A close as cron and people start it: shown while it goes on, logged, measured, and told to others.
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

  /// A run of what was told.
  ///
  /// - Parameter problems: what is wrong with the job file. The run does not begin then, and whoever
  ///   was to be told of runs is told that.
  public init(
    sources: SettingSources, problems: [UsageError], request: CloseRequest,
    clock: RunClock = .system
  ) {
    self.sources = sources
    self.problems = problems
    self.request = request
    self.clock = clock
  }

  /// Runs to the end.
  ///
  /// - Parameter report: writes what the run did for whoever started it; `false` if it could not.
  /// - Returns: the exit code.
  public func run(_ report: (RunResult) -> Bool) -> Int32 {
    var problems = problems
    let settings = JobSettings(sources, problems: &problems)
    let environment = ProcessInfo.processInfo.environment
    let format = Self.format(settings.logFormat, environment)
    let isLive = format == .person && !settings.isQuiet && ErrorStream.isTerminal(environment)
    let terminal = isLive ? LiveTerminal() : nil
    let log = RunLog(format, isQuiet: settings.isQuiet, clock: clock) { text in
      terminal?.write(text) ?? ErrorStream.write(text)
    }
    let progress = CloseProgress(observer: LoggingCloseObserver(log: log))
    let notices = Notifier(settings, log: log, clock: clock)
    let began = clock.now()
    var hasBegun = false
    var result: RunResult?
    var failure: (any Error)? = problems.first
    if failure == nil {
      do {
        let run = try CloseRun(
          settings: settings, clock: clock, request: waiting(log), progress: progress)
        let display = ProgressDisplay(progress, log: log, terminal: terminal)
        defer { display.end() }
        notices.begin()
        hasBegun = true
        result = try run.run()
      } catch {
        failure = error
      }
    }
    let code = end(result, failure, log: log, report)
    let outcome = RunOutcome(
      exitCode: code, result: result, failure: failure.map { "\($0)" }, began: began,
      ended: clock.now())
    // The run that holds the lock writes the metrics, at its own end.
    if code != 75 { writeMetrics(settings, outcome, progress, log) }
    notices.end(outcome, hasBegun: hasBegun)
    return code
  }

  /// Says how the run ended to whoever started it.
  private func end(
    _ result: RunResult?, _ failure: (any Error)?, log: RunLog, _ report: (RunResult) -> Bool
  ) -> Int32 {
    if let failure {
      log.log(LogEvent(level: .error, event: "failed", message: "\(failure)"))
      return RunOutcome.exitCode(of: failure)
    }
    guard let result, report(result) else { return 2 }
    for stray in result.unexpectedEntries {
      log.log(LogEvent(level: .error, event: "stray", message: stray))
    }
    let dates = result.tenants.reduce(0) { $0 + $1.dates.count }
    let records = result.tenants.flatMap(\.dates).reduce(0) { $0 + $1.header.recordsRead }
    log.log(
      LogEvent(
        level: .info, event: "finished",
        message: "\(dates) dates closed, \(records) records, "
          + "\(LogText.oneDecimal(result.seconds)) s, exit code \(result.exitCode)",
        fields: [
          "dates": .count(dates), "records_read": .count(records),
          "seconds": .seconds(result.seconds), "exit_code": .count(Int(result.exitCode)),
        ]))
    return result.exitCode
  }

  private func waiting(_ log: RunLog) -> CloseRequest {
    var request = request
    if request.waiting != nil {
      request.waiting = {
        log.log(
          LogEvent(
            level: .warning, event: "waiting", message: "waiting until another run has ended"))
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
      try file.write(metrics.text(earlier: file.earlier()))
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
      ErrorStream.isTerminal(environment)
        ? .person : ErrorStream.isJournal(environment) ? .journald : .text
    }
  }
}
