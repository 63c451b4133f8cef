import ArgumentParser
import CloseJob
import JobConfiguration
import LedgerDomain

/// `tieout report`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Rewrites the report files of closed dates from the store.",
    discussion: "It also brings the overview over all tenants, index.html, up to date.")

  @OptionGroup var options: JobOptions<ReportingScope>

  @Option(help: ArgumentHelp("A tenant (default: all). May be repeated.", valueName: "uuid"))
  var tenant: [String] = []

  @Option(help: ArgumentHelp("The closed date, or the first of several.", valueName: "date"))
  var date: String?

  @Option(help: ArgumentHelp("The last date (default: --date).", valueName: "date"))
  var to: String?

  @Flag(help: "Make only the overview over all tenants again, from everything in the store.")
  var index = false

  @OptionGroup var lock: LockOptions

  func run() throws {
    try CommandFailure.reporting {
      let settings = try options.settings(tenants: tenant, date: nil)
      let written = try ReportRun(settings: settings, dates: try dates())
        .run(waiting: lock.waiting)
      try Output.write(written.map { "\($0)\n" }.joined())
    }
  }

  /// The dates to report; `nil` for the overview alone.
  private func dates() throws(UsageError) -> ClosedRange<BusinessDate>? {
    guard let date else {
      guard index, to == nil else {
        throw UsageError("--date: give the closed date, or --index for the overview alone.")
      }
      return nil
    }
    guard !index else { throw UsageError("--index makes the overview alone. Leave out --date.") }
    let first = try BusinessDate(option: "--date", date)
    var last = first
    if let to { last = try BusinessDate(option: "--to", to) }
    guard first <= last else { throw UsageError("--to: \(last) is before \(first).") }
    return first...last
  }
}
