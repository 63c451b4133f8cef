import ArgumentParser
import CloseJob

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

  var isJSON: Bool { json || format == .json }

  /// Writes a run's summary.
  ///
  /// - Returns: whether all of it was written.
  func write(_ result: RunResult) -> Bool {
    do {
      try Output.write(isJSON ? RunSummary.json(result) : RunSummary.text(result))
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
