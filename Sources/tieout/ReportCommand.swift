import ArgumentParser
import CloseJob
import JobConfiguration
import LedgerDomain

/// `tieout report`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Rewrites the report files of closed dates from the store.")

  @OptionGroup var options: JobOptions<ReportingScope>

  @Option(help: ArgumentHelp("A tenant (default: all). May be repeated.", valueName: "uuid"))
  var tenant: [String] = []

  @Option(help: ArgumentHelp("The closed date, or the first of several.", valueName: "date"))
  var date: String

  @Option(help: ArgumentHelp("The last date (default: --date).", valueName: "date"))
  var to: String?

  @OptionGroup var lock: LockOptions

  func run() throws {
    try CommandFailure.reporting {
      let settings = try options.settings(tenants: tenant, date: nil)
      let first = try BusinessDate(option: "--date", date)
      let last = try to.map { try BusinessDate(option: "--to", $0) } ?? first
      guard first <= last else { throw UsageError("--to: \(last) is before \(first).") }
      let written = try ReportRun(settings: settings, dates: first...last)
        .run(waiting: lock.waiting)
      try Output.write(written.map { "\($0)\n" }.joined())
    }
  }
}
