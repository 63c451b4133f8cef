public import LedgerDomain

/// Every setting of a job, in the order in which people see them.
///
/// To add a setting, add a property here and use it as `settings.NAME`. Everything that reads or lists
/// settings goes through `all`.
// A setting's help is its documentation.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
public struct SettingCatalogue: Sendable {
  public let exports = Setting.path(
    "exports", valueName: "dir",
    help: "The export tree: tenant_id=<uuid>/date=<YYYY-MM-DD>/part-00000.ndjson.gz …"
  )
  .used(by: .reading)
  public let chart = Setting.path(
    "chart", valueName: "file",
    help: "The chart of accounts: a CSV file, or a directory of <tenant_id>.csv files.")
  public let opening = Setting.path(
    "opening", valueName: "file",
    help: "Opening balances as of the day before the first close: a CSV file, or a directory of "
      + "<tenant_id>.csv files.")
  public let openingDate = Setting.date(
    "opening_date",
    help: "The date of the opening balances: the day before the first close.",
    whenUnset: "the column as_of_date of the opening balances, if there is one")
  public let store = Setting.path(
    "store", valueName: "file", help: "The SQLite file of the books. The first run creates it."
  )
  .used(by: .all)
  public let reports = Setting.path(
    "reports", valueName: "dir",
    help: "The directory for report files. Without it, none are written."
  )
  .used(by: [.closing, .reporting, .reconciling])
  public let statements = Setting.path(
    "statements", valueName: "dir",
    help: "Bank statements: files of any known format below tenant_id=<uuid>/."
  )
  .used(by: [.closing, .reconciling])
  public let bankAccounts = Setting.bankAccounts(
    "bank_accounts", optionName: "bank-account",
    help: "The accounts to reconcile with bank statements: "
      + "ref=NAME,account=1000,currency=USD[,iban=…]."
  )
  .used(by: [.closing, .statements, .reconciling])
  public let bankDateWindow = Setting.integer(
    "bank_date_window", 0...366, default: 3, valueName: "days",
    help: "Maximum days between items matched by amount."
  )
  .used(by: [.closing, .reconciling])
  public let bankOverdueDays = Setting.integer(
    "bank_overdue_days", 0...366, default: 3, valueName: "days",
    help: "Banking days after which a missing bank statement is a break."
  )
  .used(by: [.closing, .reconciling])
  public let bankWeekend = Setting.weekdays(
    "bank_weekend", default: [.saturday, .sunday],
    help: "The days of the week on which banks do not book."
  )
  .used(by: [.closing, .reconciling])
  public let bankHolidays = Setting.dates(
    "bank_holidays", help: "Other dates on which banks do not book."
  )
  .used(by: [.closing, .reconciling])
  public let openingOutstanding = Setting.path(
    "opening_outstanding", valueName: "file",
    help: "What was outstanding at the bank on the day before the first close: a CSV file, or a "
      + "directory of <tenant_id>.csv files."
  )
  .used(by: [.closing, .reconciling])
  public let tenants = Setting.tenants("tenants", help: "Only these tenants.")
  public let tenantNames = Setting.tenantNames(
    "tenant_names", valueName: "file",
    help: "What people call the tenants: a CSV file with tenant_id,tenant_name, or in a job file "
      + "UUID: name."
  )
  .used(by: .all)
  public let reviewThreshold = Setting.reviewThreshold(
    "review_threshold",
    help: "From which movement on a reviewer must look at a balance: an amount in units of its "
      + "currency, a percentage of what it was, or both."
  )
  .used(by: [.closing, .reporting, .reconciling])
  public let date = Setting.date(
    "date", option: .declaredByCommand(name: "date"), help: "The last date to close.",
    whenUnset: "yesterday in the ledger's time zone")
  public let firstDate = Setting.date(
    "first_date", help: "The first date to close for a tenant without closes.",
    whenUnset: "the tenant's first exported date")
  public let missingDates = Setting.choice(
    "missing_dates", default: JobSettings.MissingDates.fail, option: .value("mode"),
    help: "What a date without a directory means: fail (a missing export) or empty (a date without "
      + "entries).")
  public let successMarker = Setting.fileName(
    "success_marker",
    help: "The file that marks a finished date, such as _SUCCESS. A date without it does not close."
  )
  .used(by: .reading)
  public let recheckDates = Setting.integer(
    "recheck_dates", 0...36_600, default: 35, valueName: "count",
    help: "How many closed dates each run compares with their exports. 0: none.")
  public let lateInput = Setting.choice(
    "late_input", default: JobSettings.LateInput.report, option: .value("mode"),
    help: "What to do if the export of a closed date changed: report (a break), reclose or refuse.")
  public let duplicateWindow = Setting.integer(
    "duplicate_window", 0...36_600, default: 35, valueName: "days",
    help: "How many earlier dates an entry's identifier is compared with. 0: none.")
  public let requiresManifest = Setting.flag(
    "require_manifest", help: "Refuse a date without a manifest.json."
  )
  .used(by: .reading)
  public let timeZone = Setting.timeZone(
    "time_zone", help: "The ledger's time zone, an IANA name."
  )
  .used(by: .reading)
  public let lockedThrough = Setting.date(
    "locked_through",
    help: "The last date of the locked period. A restatement of its balances is a break.")
  public let findingsLimit = Setting.integer(
    "findings_limit", 0...100_000_000, default: 100_000, valueName: "count",
    help: "Maximum findings stored per code and close. Counts stay exact.")
  public let restatingEntriesLimit = Setting.integer(
    "restating_entries_limit", 0...1_000_000, default: 100, valueName: "count",
    help: "Maximum entries listed per restated key.")
  public let principalAccounts = Setting.accounts(
    "principal_accounts",
    help: "The accounts whose settled balances are the principal of loans, separated by commas.")
  public let loanTape = Setting.path(
    "loan_tape", valueName: "dir",
    help: "Loan tapes: tenant_id=<uuid>/date=<YYYY-MM-DD>.csv (or .csv.gz).")
  public let reportingCurrency = Setting.currency(
    "reporting_currency", help: "The currency in which tenants report.")
  public let loanDifferencesLimit = Setting.integer(
    "loan_differences_limit", 0...100_000_000, default: 10_000, valueName: "count",
    help: "Maximum differing loans stored per close.")
  public let maxQuarantinedPercent = Setting.integer(
    "max_quarantined_percent", 0...100, default: 10, valueName: "percent",
    help: "Refuse a date if more than this share, and more than 100, of its records would be "
      + "quarantined.")
  public let recordBytesMax = Setting.integer(
    "record_bytes_max", 256...(1 << 30), default: 1 << 20, valueName: "bytes",
    help: "Maximum size of a record."
  )
  .used(by: .reading)
  public let partBytesMax = Setting.integer(
    "part_bytes_max", 1...(1 << 50), default: 1 << 40, valueName: "bytes",
    help: "Maximum size of a part after decompression."
  )
  .used(by: .reading)
  public let jobs = Setting.optionalInteger(
    "jobs", 1...256, valueName: "count", help: "How many parts to read at once.",
    whenUnset: "the number of cores"
  )
  .used(by: .reading)
  public let memoryLimit = Setting.memory(
    "memory_limit", minimum: 80 << 20,
    help: "Memory to use before entry identifiers are written to disk, such as 512MiB.",
    whenUnset: "no limit"
  )
  .used(by: .reading)
  public let logFormat = Setting.choice(
    "log_format", default: JobSettings.LogFormat.automatic,
    option: .declaredByCommand(name: "log-format"),
    help: "How events are written to standard error: auto, text, json or journald.")
  public let isQuiet = Setting.flag(
    "quiet", option: .declaredByCommand(name: "quiet"),
    help: "Write only warnings and errors to standard error, and show no progress.")
  public let metricsFile = Setting.path(
    "metrics_file", valueName: "file",
    help: "The metrics file for Prometheus' node exporter. Its name must end in .prom.")
  public let pingURL = Setting.address(
    "ping_url", allowsQuery: false,
    help: "The URL to request at the start (<url>/start), on exit code 0 (<url>) and on any other "
      + "(<url>/<code>).")
  public let webhookURL = Setting.address(
    "webhook_url", allowsQuery: true,
    help: "The URL that receives the outcome of each run as signed JSON.")
  public let webhookSecretFile = Setting.path(
    "webhook_secret_file", valueName: "file",
    help: "The file with the key that signs webhook messages.")
  public let notificationSeconds = Setting.integer(
    "notification_seconds", 1...300, default: 10, valueName: "seconds",
    help: "Maximum time that ping and webhook may delay the end of a run.")

  private init() {}

  static let shared = SettingCatalogue()

  /// All settings, in their order.
  public static let all: [any SettingDescription] = Mirror(reflecting: shared).children.map {
    child in
    guard let setting = child.value as? any SettingDescription else {
      preconditionFailure("\(child.label ?? "") is not a setting")
    }
    return setting
  }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The setting of that name; `nil` if there is none.
  public static func named(_ name: String) -> (any SettingDescription)? { byName[name] }

  /// The setting that a misspelt name most likely stands for; `nil` if none is close.
  public static func closest(to name: String) -> (any SettingDescription)? {
    SpellingSuggestion.closest(to: name, among: all.map(\.name)).flatMap(named)
  }
}
