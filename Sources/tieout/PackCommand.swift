import ArgumentParser
import CloseJob
import JobConfiguration
import LedgerDomain

/// `tieout pack`.
struct PackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Writes the month-end pack: what finance hands to the auditor, in one zip file.",
    discussion: """
      Trial balances, the roll-forward of the month, restatements, open items, bank reconciliations, \
      certifications and digests, as the books are known now, with a page that leads to them. The \
      stored books are verified first; the exports are not read. A month that is not wholly closed \
      gives a pack that says that it is preliminary. The same books give the same bytes.
      """)

  @OptionGroup var options: JobOptions<PackingScope>

  @Option(help: ArgumentHelp("The month.", valueName: "YYYY-MM"))
  var month: String

  @Option(help: ArgumentHelp("One tenant (default: all).", valueName: "uuid"))
  var tenant: String?

  @Option(
    help: ArgumentHelp(
      "The zip file (default: packs/<month>.zip below the reports).", valueName: "file"))
  var out: String?

  @OptionGroup var summary: InspectionOptions

  func run() throws {
    try CommandFailure.reporting {
      let settings = try options.settings(tenants: tenant.map { [$0] } ?? [], date: nil)
      let result = try PackRun(
        settings: settings, month: try CalendarMonth(option: "--month", month),
        tenant: tenant == nil ? nil : settings.tenants.first, path: out
      ).run()
      try Output.write(summary.isJSON ? PackSummary.json(result) : PackSummary.text(result))
      if result.exitCode != 0 { throw ExitCode(result.exitCode) }
    }
  }
}
