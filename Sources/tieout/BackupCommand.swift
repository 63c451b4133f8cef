import ArgumentParser
import CloseJob

/// `tieout backup`.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copies the store, and verifies the copy.",
    discussion: "To restore a backup, copy the file to the store's place while nothing runs.")

  @OptionGroup var options: JobOptions

  @Option(help: ArgumentHelp("The file to make; it must not be there yet.", valueName: "file"))
  var to: String

  func run() throws {
    try CommandFailure.reporting {
      let settings = try options.settings(tenants: [], date: nil)
      let copy = try BackupRun.run(storePath: try options.store(settings), to: to)
      let closes = copy.tenants.reduce(0) { $0 + $1.counts.closes }
      try Output.write("\(to): \(copy.tenants.count) tenants, \(closes) closes, verified\n")
    }
  }
}
