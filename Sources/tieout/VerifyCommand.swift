import ArgumentParser
import CloseJob
import LedgerDomain

/// `tieout verify`.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Proves that the stored books are those that the exports give.",
    discussion: """
      Always from the first close on: the chain of digests, every balance and restatement recomputed \
      from the stored movements, and the digest of every other row. Then the exports are read again \
      and compared, of all closed dates or of a range. Exits 0 if nothing differs, 1 if something \
      does, 2 if not everything could be verified.
      """)

  @OptionGroup var options: JobOptions

  @Option(help: ArgumentHelp("A tenant; may be repeated (default: all).", valueName: "uuid"))
  var tenant: [String] = []

  @Option(
    help: ArgumentHelp("The first date to read again (default: the first).", valueName: "date"))
  var from: String?

  @Option(help: ArgumentHelp("The last date to read again (default: the last).", valueName: "date"))
  var to: String?

  @Flag(help: "Leave the exports out.")
  var storeOnly = false

  @OptionGroup var summary: SummaryOptions

  func run() throws {
    try CommandFailure.reporting {
      let settings = try options.settings(tenants: tenant, date: nil)
      let first = try from.map { try BusinessDate(option: "--from", $0) }
      let last = try to.map { try BusinessDate(option: "--to", $0) }
      let result = try VerifyRun(
        settings: settings, clock: .system, dates: (first, last), isStoreOnly: storeOnly
      ).run()
      try Output.write(summary.isJSON ? VerifySummary.json(result) : VerifySummary.text(result))
      if result.exitCode != 0 { throw ExitCode(result.exitCode) }
    }
  }
}
