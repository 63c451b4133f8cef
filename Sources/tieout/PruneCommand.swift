import ArgumentParser
import CloseJob
import JobConfiguration
import LedgerDomain
import SnapshotStore

/// `tieout prune`.
struct PruneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Removes superseded versions of old dates from the store.",
    discussion: """
      Current balances and movements stay: the whole chain can still be verified, and --known-at still \
      works. The file keeps its size; later closes reuse the space.
      """)

  @OptionGroup var options: JobOptions<StoreScope>

  @Option(help: ArgumentHelp("A tenant (default: all). May be repeated.", valueName: "uuid"))
  var tenant: [String] = []

  @Option(help: ArgumentHelp("Prune versions of dates before this one.", valueName: "date"))
  var before: String

  @Flag(help: "Print what would be pruned, and change nothing.")
  var dryRun = false

  @OptionGroup var lock: LockOptions

  @Option(help: "The output format: table, csv or json.")
  var format = TableFormat.table

  @Flag(help: "Short for --format json.")
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
          columns: [
            "tenant_id", dryRun ? "rows_to_remove" : "rows_removed", "closes", "bank_items",
          ],
          rows: results.map {
            ["\($0.tenant)", "\($0.rowsRemoved)", "\($0.closeCount)", "\($0.bankItemsRemoved)"]
          }))
    }
  }
}
