import ArgumentParser

/// How a run tells on standard error what it does.
struct LogOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How what happens is told on standard error: auto, text, json or journald.",
      valueName: "format"))
  var logFormat: String?

  @Flag(help: "Tell only warnings and errors, and show no progress.")
  var quiet = false
}
