import ArgumentParser
import CloseJob

/// How a command says what it did.
enum SummaryFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// How a run that closes says what it did.
struct SummaryOptions: ParsableArguments {
  @Option(help: "How the summary is written: text or json.")
  var format = SummaryFormat.text

  @Flag(help: "The same as --format json.")
  var json = false

  var isJSON: Bool { json || format == .json }

  /// Writes a run's summary.
  ///
  /// - Returns: whether all of it could be written.
  func write(_ result: RunResult) -> Bool {
    do {
      try Output.write(isJSON ? RunSummary.json(result) : RunSummary.text(result))
      return true
    } catch {
      return false
    }
  }
}

/// What is done if another run holds the lock.
struct LockOptions: ParsableArguments {
  @Flag(help: "Wait until another run has ended, instead of exiting 75.")
  var wait = false

  var waiting: (@Sendable () -> Void)? {
    guard wait else { return nil }
    return { @Sendable in Output.complain("waiting until another run has ended") }
  }
}
