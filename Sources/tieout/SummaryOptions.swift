import ArgumentParser
import CloseJob
import Operations

/// How a command prints its summary.
enum SummaryFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// How a run prints its summary.
struct SummaryOptions: ParsableArguments {
  @Option(help: "The format of the summary: text or json.")
  var format = SummaryFormat.text

  @Flag(help: "Short for --format json.")
  var json = false

  @Flag(help: "Also print everything that was done, date by date.")
  var verbose = false

  var isJSON: Bool { json || format == .json }

  /// The summary of a run as text.
  ///
  /// - Parameter job: the job file that `--job` names.
  func sheet(_ result: RunResult, of run: RunSheet.Run, job: String?) -> String {
    RunSheet(result, of: run, job: job, isVerbose: verbose, style: Output.style).text()
  }

  /// Writes the summary of a close.
  ///
  /// - Returns: whether all of it was written.
  func write(_ result: RunResult, job: String?) -> Bool {
    do {
      try Output.write(isJSON ? RunSummary.json(result) : sheet(result, of: .close, job: job))
      return true
    } catch {
      return false
    }
  }
}

/// What to do if another run holds the lock.
struct LockOptions: ParsableArguments {
  @Flag(help: "Wait for another run to end instead of exiting with 75.")
  var wait = false

  var waiting: (@Sendable () -> Void)? {
    guard wait else { return nil }
    return { @Sendable in Output.complain("waiting for another run to end") }
  }
}
