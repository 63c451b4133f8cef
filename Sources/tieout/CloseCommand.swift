import ArgumentParser
import CloseJob

/// `tieout close`.
struct CloseCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Closes every date that is not closed yet.")

  @OptionGroup var options: JobOptions

  @Option(
    help: ArgumentHelp("A tenant to close; may be repeated (default: all).", valueName: "uuid"))
  var tenant: [String] = []

  @Option(help: ArgumentHelp("The last date to close (default: yesterday).", valueName: "date"))
  var date: String?

  @Option(help: "How the summary is written: text or json.")
  var format = Format.text

  @Flag(help: "The same as --format json.")
  var json = false

  func run() throws {
    try CommandFailure.reporting {
      let settings = try options.settings(tenants: tenant, date: date)
      let result = try CloseRun(settings: settings, clock: .system).run()
      try Output.write(
        json || format == .json ? RunSummary.json(result) : RunSummary.text(result))
      if result.exitCode != 0 { throw ExitCode(result.exitCode) }
    }
  }
}
