import ArgumentParser
import CloseJob
import LedgerDomain
import Operations

/// `tieout backfill`.
struct BackfillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backfill",
    abstract: "Closes a range of dates; run again, it goes on where it stopped.",
    discussion: """
      Dates that are closed already are compared with their exports. With --reclose those whose \
      records changed are closed again: their movement is replaced and every later date restated, \
      all of a tenant's or none.
      """)

  @OptionGroup var options: JobOptions

  @Option(
    help: ArgumentHelp("A tenant to close; may be repeated (default: all).", valueName: "uuid"))
  var tenant: [String] = []

  @Option(help: ArgumentHelp("The first date.", valueName: "date"))
  var from: String

  @Option(help: ArgumentHelp("The last date (default: yesterday).", valueName: "date"))
  var to: String?

  @Flag(help: "Close dates again whose input changed.")
  var reclose = false

  @Flag(help: "Only say what would be done.")
  var dryRun = false

  @OptionGroup var lock: LockOptions
  @OptionGroup var log: LogOptions
  @OptionGroup var summary: SummaryOptions

  func run() throws {
    try CommandFailure.reporting {
      let first = try BusinessDate(option: "--from", from)
      var request = CloseRequest()
      request.from = first
      request.recloses = reclose
      request.waiting = lock.waiting
      let (sources, problems) = options.sources(
        tenants: tenant, date: to, dateFlag: "--to", log: log)
      guard dryRun else {
        let code = CloseRunner(sources: sources, problems: problems, request: request)
          .run(summary.write)
        if code != 0 { throw ExitCode(code) }
        return
      }
      if let problem = problems.first { throw problem }
      let dryRun = try CloseRun(
        settings: JobSettings(sources), clock: .system, request: request
      ).dryRun()
      try Output.write(summary.isJSON ? dryRun.json() : dryRun.text())
      if dryRun.exitCode != 0 { throw ExitCode(dryRun.exitCode) }
    }
  }
}
