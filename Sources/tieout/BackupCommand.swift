import ArgumentParser
import CloseJob
import LedgerDomain

/// `tieout backup`.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copies the store and verifies the copy.",
    discussion: "To restore a backup, stop all runs and copy the file over the store.")

  @OptionGroup var options: JobOptions<StoreScope>

  @Option(help: ArgumentHelp("The file to create. It must not exist yet.", valueName: "file"))
  var to: String

  func run() throws {
    try CommandFailure.reporting {
      let settings = try options.settings(tenants: [], date: nil)
      let copy = try BackupRun.run(storePath: try options.store(settings), to: to)
      let closes = copy.tenants.reduce(0) { $0 + $1.counts.closes }
      let tenants = copy.tenants.count.counted("tenant")
      try Output.write("\(to): \(tenants), \(closes.counted("close")), verified\n")
    }
  }
}
