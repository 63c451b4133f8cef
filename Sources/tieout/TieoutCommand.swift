import ArgumentParser
import BuildInfo

/// `tieout`: closes the books of a lending ledger, every night.
@main
struct TieoutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tieout",
    abstract: "Closes the books of a double-entry lending ledger, every night.",
    discussion: """
      Exit codes: 0 everything ties out; 1 closed, with breaks or quarantined records; 2 failure, and \
      what could not be closed is not published; 64 usage; 75 another run holds the lock.
      """,
    version: "\(BuildInfo.version) (\(BuildInfo.gitSHA))",
    subcommands: [
      CloseCommand.self, BackfillCommand.self, VerifyCommand.self, ReportCommand.self,
      SignoffCommand.self, BalanceCommand.self, StatusCommand.self, BackupCommand.self,
      PruneCommand.self, JobCommand.self, DoctorCommand.self, DemoCommand.self,
    ])

  /// Swift has the arguments from `/proc`. Where that is missing a command would be taken for a call for
  /// help, which ends with 0: a night that was never closed.
  static func main() {
    guard !CommandLine.arguments.isEmpty else {
      Output.complain("the arguments cannot be read: /proc is not there. Mount it and run again.")
      exit(withError: ExitCode(2))
    }
    main(nil)
  }
}
