import ArgumentParser
import CloseJob

/// The options that every command that works on the books understands.
struct JobOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The job file.", valueName: "file"))
  var job: String?

  @Option(help: ArgumentHelp("The directory of the exports.", valueName: "dir"))
  var exports: String?

  @Option(
    help: ArgumentHelp(
      "The chart of accounts: a CSV file, or a directory with <tenant_id>.csv.", valueName: "file"))
  var chart: String?

  @Option(
    help: ArgumentHelp(
      "Opening balances: a CSV file, or a directory with <tenant_id>.csv.", valueName: "file"))
  var opening: String?

  @Option(help: ArgumentHelp("The SQLite file of the books.", valueName: "file"))
  var store: String?

  @Option(help: ArgumentHelp("The directory of the reports.", valueName: "dir"))
  var reports: String?

  @Option(help: ArgumentHelp("The directory of the bank statements.", valueName: "dir"))
  var statements: String?

  @Option(
    help: ArgumentHelp(
      "A bank account: ref=NAME,account=1000,currency=USD[,iban=…]; may be repeated.",
      valueName: "account"))
  var bankAccount: [String] = []

  @Option(
    help: ArgumentHelp("Days apart that items of one amount may be booked.", valueName: "days"))
  var bankDateWindow: String?

  @Option(
    help: ArgumentHelp("The ledger's time zone, an IANA name (default UTC).", valueName: "zone"))
  var timeZone: String?

  @Option(help: ArgumentHelp("The first date of a tenant without closes.", valueName: "date"))
  var firstDate: String?

  @Option(
    help: ArgumentHelp("What a date without a directory is: fail or empty.", valueName: "mode"))
  var missingDates: String?

  @Flag(help: "Refuse a date without a manifest.")
  var requireManifest = false

  @Option(help: ArgumentHelp("The last date of the locked period.", valueName: "date"))
  var lockedThrough: String?

  @Option(help: ArgumentHelp("Findings kept as rows, per code and close.", valueName: "count"))
  var findingsLimit: String?

  @Option(help: ArgumentHelp("Entries listed for each restated key.", valueName: "count"))
  var restatingEntriesLimit: String?

  @Option(
    help: ArgumentHelp(
      "The accounts that hold the loans' principal, apart by commas.", valueName: "codes"))
  var principalAccounts: String?

  @Option(help: ArgumentHelp("The directory of the loan tapes.", valueName: "dir"))
  var loanTape: String?

  @Option(help: ArgumentHelp("The currency that tenants report in.", valueName: "code"))
  var reportingCurrency: String?

  @Option(help: ArgumentHelp("Loans that differ kept as rows, per close.", valueName: "count"))
  var loanDifferencesLimit: String?

  @Option(help: ArgumentHelp("Refuse a date of which more is quarantined.", valueName: "percent"))
  var maxQuarantinedPercent: String?

  @Option(help: ArgumentHelp("The largest record.", valueName: "bytes"))
  var recordBytesMax: String?

  @Option(help: ArgumentHelp("The largest part, inflated.", valueName: "bytes"))
  var partBytesMax: String?

  @Option(
    help: ArgumentHelp("How many parts are read at once (default: cores).", valueName: "count"))
  var jobs: String?

  @Option(
    help: ArgumentHelp("Memory to use before identifiers go to disk, as 512MiB.", valueName: "size")
  )
  var memoryLimit: String?

  @Option(
    help: ArgumentHelp(
      "Where metrics are written for Prometheus' node exporter.", valueName: "file"))
  var metricsFile: String?

  @Option(
    name: .customLong("ping-url"),
    help: ArgumentHelp(
      "Asked for at the begin (/start), on success, and with the exit code on any other.",
      valueName: "url"))
  var pingURL: String?

  @Option(
    name: .customLong("webhook-url"),
    help: ArgumentHelp("Where the outcome is sent as JSON, signed.", valueName: "url"))
  var webhookURL: String?

  @Option(
    help: ArgumentHelp("The file with the key that signs it.", valueName: "file"))
  var webhookSecretFile: String?

  @Option(
    help: ArgumentHelp("How long telling others may delay the end.", valueName: "seconds"))
  var notificationSeconds: String?

  /// The path of the store.
  ///
  /// - Throws: `UsageError` if none is given.
  func store(_ settings: JobSettings) throws(UsageError) -> String {
    guard let path = settings.store else {
      throw UsageError.noStore
    }
    return path
  }
}
