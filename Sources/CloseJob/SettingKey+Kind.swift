/// What kind of value a setting takes.
public enum SettingKind: Hashable, Sendable {
  /// A file or directory.
  case path
  /// A calendar date.
  case date
  /// An integer in these bounds.
  case integer(ClosedRange<Int>)
  /// One of these words.
  case choice([String])
  /// Yes or no.
  case flag
  /// An IANA time zone.
  case timeZone
  /// A currency of ISO 4217.
  case currency
  /// An amount of memory: `512MiB`.
  case memory
  /// A list of account codes.
  case accounts
  /// A list of tenants.
  case tenants
  /// A list of bank accounts.
  case bankAccounts
  /// An address that is asked for over HTTP.
  case address
}

extension SettingKey {
  /// What kind of value it takes.
  public var kind: SettingKind {
    switch self {
    case .exports, .chart, .opening, .store, .reports, .statements, .loanTape, .metricsFile,
      .webhookSecretFile:
      .path
    case .date, .firstDate, .lockedThrough: .date
    case .bankAccounts: .bankAccounts
    case .tenants: .tenants
    case .missingDates: .choice(JobSettings.MissingDates.allCases.map(\.rawValue))
    case .logFormat: .choice(JobSettings.LogFormat.allCases.map(\.rawValue))
    case .requireManifest, .quiet: .flag
    case .timeZone: .timeZone
    case .principalAccounts: .accounts
    case .reportingCurrency: .currency
    case .memoryLimit: .memory
    case .pingURL, .webhookURL: .address
    case .bankDateWindow: .integer(0...366)
    case .findingsLimit, .loanDifferencesLimit: .integer(0...100_000_000)
    case .restatingEntriesLimit: .integer(0...1_000_000)
    case .maxQuarantinedPercent: .integer(0...100)
    case .recordBytesMax: .integer(256...(1 << 30))
    case .partBytesMax: .integer(1...(1 << 50))
    case .jobs: .integer(1...256)
    case .notificationSeconds: .integer(1...300)
    }
  }

  /// What it is for, in a sentence: for editors and for people.
  public var summary: String {
    switch self {
    case .exports: "The export tree: tenant_id=<uuid>/date=<YYYY-MM-DD>/part-00000.ndjson.gz …"
    case .chart: "The chart of accounts: a CSV file, or a directory with <tenant_id>.csv files."
    case .opening:
      "Opening balances as of the day before the first close: a CSV file, or a directory with "
        + "<tenant_id>.csv files."
    case .store: "The SQLite file of the books. The first run makes it."
    case .reports: "Where the report files go. None are written without it."
    case .statements:
      "Bank statements: tenant_id=<uuid>/date=<YYYY-MM-DD>/*.xml (camt.053) or *.csv."
    case .bankAccounts: "The accounts whose statements are compared with the ledger."
    case .bankDateWindow: "How many days apart items of one amount may be booked and still be one."
    case .tenants: "Only these tenants. All that have a directory without it."
    case .date: "The last date to close. Yesterday in the ledger's time zone without it."
    case .firstDate: "The first date of a tenant without closes. Its first directory without it."
    case .missingDates:
      "A date without a directory: fail (a missing export) or empty (an empty day)."
    case .requireManifest: "Whether a date without a manifest.json is refused."
    case .timeZone: "The ledger's time zone, an IANA name."
    case .lockedThrough: "The last date of the locked period: restating its balances is a break."
    case .findingsLimit: "Findings kept as rows, for each code and close."
    case .restatingEntriesLimit: "Entries listed for each key that a close restates."
    case .principalAccounts: "The accounts whose settled balances are the loans' principal."
    case .loanTape: "Where the loan tapes lie: tenant_id=<uuid>/date=<YYYY-MM-DD>.csv (or .csv.gz)."
    case .reportingCurrency: "The currency that tenants report in."
    case .loanDifferencesLimit: "Loans that differ kept as rows, for each close."
    case .maxQuarantinedPercent:
      "A date of which more than this, and more than 100 records, would be quarantined is not closed."
    case .recordBytesMax: "The largest record, in bytes."
    case .partBytesMax: "The largest part once inflated, in bytes."
    case .jobs: "How many parts are read at once. The number of cores without it."
    case .memoryLimit: "Memory to use before identifiers are put aside on disk, as 512MiB."
    case .logFormat: "How what happens is told on standard error."
    case .quiet: "Whether only warnings and errors are told on standard error."
    case .metricsFile: "The file for Prometheus' node exporter; its name ends in .prom."
    case .pingURL:
      "Asked for at the begin (<url>/start), on exit code 0 (<url>) and on any other (<url>/<code>)."
    case .webhookURL: "Where the outcome of a run is sent as JSON, signed."
    case .webhookSecretFile:
      "The file that holds the key which the webhook's messages are signed with."
    case .notificationSeconds: "How long ping and webhook may delay the end of a run, in seconds."
    }
  }
}
