import ArgumentParser
import CloseJob
import JobConfiguration
import LedgerDomain
import Operations

/// `tieout backfill`.
struct BackfillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backfill",
    abstract: "Closes a range of dates. Run it again to resume.",
    discussion: """
      Dates that are already closed are compared with their exports. With --reclose, dates whose \
      records changed are closed again: their movements are replaced and every later date is restated, \
      either for all of a tenant's dates or for none.
      """)

  @OptionGroup var options: JobOptions<ClosingScope>

  @Option(
    help: ArgumentHelp("A tenant to close (default: all). May be repeated.", valueName: "uuid"))
  var tenant: [String] = []

  @Option(help: ArgumentHelp("The first date.", valueName: "date"))
  var from: String

  @Option(help: ArgumentHelp("The last date (default: yesterday).", valueName: "date"))
  var to: String?

  @Flag(help: "Reclose dates whose input changed.")
  var reclose = false

  @Flag(help: "Print what would be done, and change nothing.")
  var dryRun = false

  @Flag(help: "Begin new books for a tenant whose books are missing, although it has reports.")
  var newBooks = false

  @OptionGroup var lock: LockOptions
  @OptionGroup var log: LogOptions
  @OptionGroup var summary: SummaryOptions

  func run() throws {
    try CommandFailure.reporting {
      let first = try BusinessDate(option: "--from", from)
      var request = CloseRequest()
      request.from = first
      request.recloses = reclose
      request.beginsNewBooks = newBooks
      request.waiting = lock.waiting
      let (sources, problems) = options.sources(
        tenants: tenant, date: to, dateFlag: "--to", log: log)
      guard dryRun else {
        let code = CloseRunner(sources: sources, problems: problems, request: request)
          .run { summary.write($0, job: options.job) }
        if code != 0 { throw ExitCode(code) }
        return
      }
      if let problem = problems.first { throw problem }
      request.listedTenants = sources.listedTenants
      let dryRun = try CloseRun(
        settings: JobSettings(sources), clock: .system, request: request
      ).dryRun()
      try Output.write(summary.isJSON ? dryRun.json() : dryRun.text())
      if dryRun.exitCode != 0 { throw ExitCode(dryRun.exitCode) }
    }
  }
}
