import ArgumentParser
import CloseJob
import LedgerDomain
import SnapshotStore

/// `tieout prune`.
struct PruneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Takes superseded versions of old dates out of the store.",
    discussion: """
      Current balances and movements stay, so that every link of the chain can still be verified and \
      --known-at still be answered. The file keeps its size; the room is used again.
      """)

  @OptionGroup var options: JobOptions

  @Option(help: ArgumentHelp("A tenant; may be repeated (default: all).", valueName: "uuid"))
  var tenant: [String] = []

  @Option(help: ArgumentHelp("Versions of dates before this one are pruned.", valueName: "date"))
  var before: String

  @Flag(help: "Only say what would be pruned.")
  var dryRun = false

  @OptionGroup var lock: LockOptions

  @Option(help: "table, csv or json.")
  var format = TableFormat.table

  @Flag(help: "The same as --format json.")
  var json = false

  func run() throws {
    try CommandFailure.reporting {
      let settings = try options.settings(tenants: tenant, date: nil)
      let prune = PruneRun(
        storePath: try options.store(settings), tenants: settings.tenants,
        before: try BusinessDate(option: "--before", before), clock: .system)
      let results = try dryRun ? prune.dryRun() : prune.run(waiting: lock.waiting)
      try Output.write(
        (json ? TableFormat.json : format).render(
          columns: ["tenant_id", dryRun ? "rows_to_remove" : "rows_removed", "closes"],
          rows: results.map { ["\($0.tenant)", "\($0.rowsRemoved)", "\($0.closeCount)"] }))
    }
  }
}
