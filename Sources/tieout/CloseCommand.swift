import ArgumentParser
import CloseJob
import Operations

/// `tieout close`.
struct CloseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Closes every date that is not closed yet.")

  @OptionGroup var options: JobOptions<ClosingScope>

  @Option(
    help: ArgumentHelp("A tenant to close (default: all). May be repeated.", valueName: "uuid"))
  var tenant: [String] = []

  @Option(help: ArgumentHelp("The last date to close (default: yesterday).", valueName: "date"))
  var date: String?

  @Flag(help: "Reclose --date if it is closed and its input changed.")
  var reclose = false

  @Flag(help: "Begin new books for a tenant whose books are missing, although it has reports.")
  var newBooks = false

  @OptionGroup var lock: LockOptions
  @OptionGroup var log: LogOptions
  @OptionGroup var summary: SummaryOptions

  func run() throws {
    var request = CloseRequest()
    request.recloses = reclose
    request.beginsNewBooks = newBooks
    request.waiting = lock.waiting
    let (sources, problems) = options.sources(tenants: tenant, date: date, log: log)
    let code = CloseRunner(sources: sources, problems: problems, request: request)
      .run { summary.write($0, job: options.job) }
    if code != 0 { throw ExitCode(code) }
  }
}
