import ArgumentParser
import CloseJob
import JobConfiguration
import LedgerDomain

/// `tieout verify`.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Verifies the stored books, and compares them with the exports.",
    discussion: """
      From the first close on, checks the chain of digests, recomputes every balance and restatement \
      from the stored movements, and checks the digest of every other row. Then rereads the exports \
      of all closed dates, or of a range, and compares them. Exits 0 if nothing differs, 1 if \
      something differs, and 2 if not everything could be verified.
      """)

  @OptionGroup var options: JobOptions<VerifyingScope>

  @Option(help: ArgumentHelp("A tenant (default: all). May be repeated.", valueName: "uuid"))
  var tenant: [String] = []

  @Option(
    help: ArgumentHelp(
      "The first export to read (default: the first closed date).", valueName: "date"))
  var from: String?

  @Option(
    help: ArgumentHelp(
      "The last export to read (default: the last closed date).", valueName: "date"))
  var to: String?

  @Flag(help: "Do not read the exports.")
  var storeOnly = false

  @OptionGroup var summary: InspectionOptions

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
