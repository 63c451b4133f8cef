import ArgumentParser
import CloseJob
import JobConfiguration
import LedgerDomain
import Operations

/// `tieout reconcile`.
struct ReconcileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Takes up new bank statements and reconciles the dates that they change.",
    discussion: """
      Every run of tieout close does this too. No balance is touched; reports are written again. Exit \
      code 1 means that an account does not agree with the bank, or that a statement is overdue.
      """)

  @OptionGroup var options: JobOptions<ReconcilingScope>

  @Option(help: ArgumentHelp("A tenant (default: all). May be repeated.", valueName: "uuid"))
  var tenant: [String] = []

  @Option(
    help: ArgumentHelp(
      "The first date to reconcile again in any case; later ones follow.", valueName: "date"))
  var from: String?

  @Option(help: ArgumentHelp("The last of these dates.", valueName: "date"))
  var to: String?

  @OptionGroup var lock: LockOptions

  @OptionGroup var summary: SummaryOptions

  func run() throws {
    try CommandFailure.reporting {
      let settings = try options.settings(tenants: tenant, date: nil)
      let result = try ReconcileRun(
        settings: settings, clock: .system,
        dates: (
          try from.map { try BusinessDate(option: "--from", $0) },
          try to.map { try BusinessDate(option: "--to", $0) }
        )
      ).run(waiting: lock.waiting)
      try Output.write(
        summary.isJSON
          ? BankSummary.json(result) : summary.sheet(result, of: .reconcile, job: options.job))
      if result.exitCode != 0 { throw ExitCode(result.exitCode) }
    }
  }
}
