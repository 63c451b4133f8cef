import ArgumentParser

/// `tieout`: closes the books of a lending ledger, every night.
@main
struct TieoutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tieout",
    abstract: "Closes the books of a double-entry lending ledger, every night.",
    discussion: """
      Exit codes: 0 everything ties out; 1 closed, with breaks or quarantined records; 2 trouble, and \
      what could not be closed is not published; 64 usage; 75 another run holds the lock.
      """,
    version: TieoutVersion.text,
    subcommands: [
      CloseCommand.self, BackfillCommand.self, VerifyCommand.self, ReportCommand.self,
      SignoffCommand.self,
      BalanceCommand.self, StatusCommand.self, BackupCommand.self, PruneCommand.self,
      DemoCommand.self,
    ])
}

/// The version of this Tieout.
enum TieoutVersion {
  static let text = "0.1.0"
}
