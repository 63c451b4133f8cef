import ArgumentParser
import CloseJob
import JobConfiguration
import LedgerDomain
import SnapshotStore

/// `tieout balance`.
struct BalanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "balance", abstract: "Prints the balance of one account or of all accounts.")

  @Argument(help: "A four-digit account code (default: all).")
  var account: String?

  @OptionGroup var options: JobOptions<StoreScope>

  @Option(help: ArgumentHelp("The tenant.", valueName: "uuid"))
  var tenant: String

  @Option(help: "Only this currency.")
  var currency: String?

  @Option(help: "Only this layer: SETTLED, PENDING or ENCUMBRANCE.")
  var layer: String?

  @Option(help: ArgumentHelp("The date (default: the last closed one).", valueName: "date"))
  var asOf: String?

  @Option(
    help: ArgumentHelp(
      "Show the books as they were at that close, or when they were closed through that date.",
      valueName: "close|date"))
  var knownAt: String?

  @Option(help: "The output format: table, csv or json.")
  var format = TableFormat.table

  @Flag(help: "Short for --format json.")
  var json = false

  func run() throws {
    try CommandFailure.reporting {
      let settings = try options.settings(tenants: [tenant], date: nil)
      let path = try options.store(settings)
      let question = try BalanceQuery(
        tenant: settings.tenants.first, account: account, currency: currency, layer: layer,
        asOf: asOf, knownAt: knownAt)
      let answer = try BookStore(readingFrom: path).read { try question.answer(from: $0) }
      try Output.write(
        (json ? TableFormat.json : format).render(columns: BalanceQuery.columns, rows: answer))
    }
  }
}
