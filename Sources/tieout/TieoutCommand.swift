import ArgumentParser
import BuildInfo

/// `tieout`: closes the books of a lending ledger, every night.
@main
struct TieoutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tieout",
    abstract: "Closes the books of a double-entry lending ledger, every night.",
    discussion: """
      Exit codes: 0 everything ties out; 1 closed, with breaks or quarantined records; 2 failure: dates \
      that could not be closed are not published; 64 usage error; 75 another run holds the lock.
      """,
    version: "\(BuildInfo.version) (\(BuildInfo.gitSHA))",
    subcommands: [
      CloseCommand.self, BackfillCommand.self, VerifyCommand.self, ReportCommand.self,
      ReconcileCommand.self, SettleCommand.self, SignoffCommand.self, AcceptCommand.self,
      BalanceCommand.self, StatusCommand.self, StatementCommand.self, InitCommand.self,
      ExplainCommand.self, RecoverCommand.self, BackupCommand.self, PruneCommand.self,
      JobCommand.self, DoctorCommand.self, DemoCommand.self,
    ])

  /// Swift reads the arguments from `/proc`. Without it, every command would print help and exit with 0,
  /// and nobody would notice a night that was never closed.
  static func main() {
    guard !CommandLine.arguments.isEmpty else {
      Output.complain("the arguments cannot be read: /proc is not mounted. Mount it and run again.")
      exit(withError: ExitCode(2))
    }
    main(nil)
  }
}
