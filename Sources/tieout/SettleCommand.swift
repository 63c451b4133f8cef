import ArgumentParser
import CloseJob
import JobConfiguration
import LedgerDomain

/// `tieout settle`.
struct SettleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settle",
    abstract:
      "Matches outstanding bank items by hand, or writes them off, and records who and why.",
    discussion: """
      Items of both sides are matched with each other; items of one side are written off. bank-items.csv \
      names the items that are outstanding. With --undo, settlements are taken back, named by their \
      numbers or items.
      """)

  @OptionGroup var options: JobOptions<ReconcilingScope>

  @Option(help: ArgumentHelp("The tenant.", valueName: "uuid"))
  var tenant: String

  @Option(help: ArgumentHelp("The bank account's ref in the job.", valueName: "ref"))
  var account: String

  @Argument(help: ArgumentHelp("The items, as bank-items.csv names them.", valueName: "item"))
  var items: [String] = []

  @Option(
    help: ArgumentHelp("Items to match, separated by commas; both sides.", valueName: "items"))
  var match: String?

  @Option(help: ArgumentHelp("Items to write off, separated by commas.", valueName: "items"))
  var writeOff: String?

  @Option(help: ArgumentHelp("Who decides.", valueName: "name"))
  var by: String

  @Option(
    name: [.customLong("note"), .customLong("reason")],
    help: ArgumentHelp("Why.", valueName: "text"))
  var note: String

  @Flag(help: "Take back the settlements that the numbers or items name.")
  var undo = false

  @OptionGroup var lock: LockOptions

  @Option(help: "The output format: text or json.")
  var format = SummaryFormat.text

  @Flag(help: "Short for --format json.")
  var json = false

  func run() throws {
    try CommandFailure.reporting {
      let settings = try options.settings(tenants: [tenant], date: nil)
      let result = try SettleRun(
        settings: settings, clock: .system, account: account, action: try action(), name: by,
        note: note
      ).run(waiting: lock.waiting)
      try Output.write(
        json || format == .json
          ? SettleSummary.json(result, isUndo: undo) : SettleSummary.text(result, isUndo: undo))
    }
  }

  private func action() throws(UsageError) -> SettleRun.Action {
    let given = [!items.isEmpty, match != nil, writeOff != nil].count { $0 }
    guard given == 1 else {
      throw UsageError("give either items, or --match, or --write-off.")
    }
    func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }
    if undo {
      guard !items.isEmpty else {
        throw UsageError(
          "--undo: give the settlements' numbers or items without --match or --write-off.")
      }
      return .undo(items)
    }
    if let match { return .match(list(match)) }
    if let writeOff { return .writeOff(list(writeOff)) }
    return .settle(items)
  }
}
