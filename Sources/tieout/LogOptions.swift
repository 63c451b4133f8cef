import ArgumentParser
import JobConfiguration

/// How a run writes events to standard error.
struct LogOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "\(JobSettings.description(of: \.logFormat).help)", valueName: "format"))
  var logFormat: String?

  @Flag(help: "\(JobSettings.description(of: \.isQuiet).help)")
  var quiet = false
}
