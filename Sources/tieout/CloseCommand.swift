import ArgumentParser
import CloseJob

/// `tieout close`.
struct CloseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Closes every date that is not closed yet.")

  @OptionGroup var options: JobOptions

  @Option(
    help: ArgumentHelp("A tenant to close; may be repeated (default: all).", valueName: "uuid"))
  var tenant: [String] = []

  @Option(help: ArgumentHelp("The last date to close (default: yesterday).", valueName: "date"))
  var date: String?

  @Flag(help: "Close --date again if it is closed and its input changed.")
  var reclose = false

  @OptionGroup var lock: LockOptions
  @OptionGroup var summary: SummaryOptions

  func run() throws {
    try CommandFailure.reporting {
      let settings = try options.settings(tenants: tenant, date: date)
      var request = CloseRequest()
      request.recloses = reclose
      request.waiting = lock.waiting
      try summary.write(CloseRun(settings: settings, clock: .system, request: request).run())
    }
  }
}
