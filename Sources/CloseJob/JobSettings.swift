public import LedgerDomain

/// What a job was told, every value checked.
public struct JobSettings: Sendable {
  /// What a date without a directory means.
  public enum MissingDates: String, Sendable, CaseIterable {
    /// A missing export: the date cannot close.
    case fail
    /// A day without entries, as of an exporter that leaves those out.
    case empty
  }

  /// How what happens during a run is written to standard error.
  public enum LogFormat: String, Sendable, CaseIterable {
    /// A live display on a terminal, `journald` where the journal reads, else `text`.
    case automatic = "auto"
    /// A line for each event, with its time and level.
    case text
    /// A JSON object for each event.
    case json
    /// A line for each event that begins with its level, `<6>`, as journald reads it.
    case journald
  }

  /// The directory of the exports.
  public var exports: String?
  /// The chart's file, or a directory with `<tenant_id>.csv` files.
  public var chart: String?
  /// The opening balances' file, or a directory with `<tenant_id>.csv` files.
  public var opening: String?
  /// The SQLite file.
  public var store: String?
  /// The directory of the reports; none are written without it.
  public var reports: String?
  /// The directory of the bank statements; none are compared without it.
  public var statements: String?
  /// The accounts whose statements are compared with the ledger.
  public var bankAccounts: [BankAccountSetting] = []
  /// How many days apart items of one amount may be booked and still be one.
  public var bankDateWindow = 3
  /// The tenants to close; all that have a directory if empty.
  public var tenants: [TenantID] = []
  /// The last date to close; yesterday in the ledger's time zone without it.
  public var date: BusinessDate?
  /// The first date of a tenant that has no close yet; that of its first directory without it.
  public var firstDate: BusinessDate?
  /// What a date without a directory means.
  public var missingDates = MissingDates.fail
  /// Whether a date without a manifest is refused.
  public var requiresManifest = false
  /// The ledger's time zone, an IANA name.
  public var timeZone = "UTC"
  /// The last date of the locked period.
  public var lockedThrough: BusinessDate?
  /// How many findings of a code and close are kept as rows.
  public var findingsLimit = 100_000
  /// How many of the entries that restate a key are kept as rows.
  public var restatingEntriesLimit = 100
  /// The accounts whose settled balances are the loans' principal; no portfolio rollup without them.
  public var principalAccounts: PrincipalAccounts?
  /// The directory of the loan tapes.
  public var loanTape: String?
  /// The currency that tenants report in.
  public var reportingCurrency: CurrencyCode?
  /// How many loans that differ are kept as rows.
  public var loanDifferencesLimit = 10_000
  /// The share of quarantined records past which a date is refused, in per cent.
  public var maxQuarantinedPercent = 10
  /// Bytes of one record.
  public var recordBytesMax = 1 << 20
  /// Bytes of one part, inflated.
  public var partBytesMax = 1 << 40
  /// How many parts are read at once; the number of cores without it.
  public var jobs: Int?
  /// How much memory a run may use, in bytes, before identifiers go to disk; no limit without it.
  public var memoryLimit: Int?
  /// How what happens is told on standard error.
  public var logFormat = LogFormat.automatic
  /// Whether only warnings and errors are told.
  public var isQuiet = false
  /// The file that Prometheus' node exporter collects.
  public var metricsFile: String?
  /// What is asked for when a run begins and ends.
  public var pingURL: String?
  /// Who is told what was closed.
  public var webhookURL: String?
  /// The file that holds the key that the webhook's messages are signed with.
  public var webhookSecretFile: String?
  /// How long telling others may take once a run is over, in seconds.
  public var notificationSeconds = 10

  /// Settings with nothing but defaults.
  public init() {}

  /// The settings of a job, each from the place that wins.
  ///
  /// - Throws: `UsageError` that names the place of a value that is wrong.
  public init(_ sources: SettingSources) throws(UsageError) {
    for key in SettingKey.allCases {
      if let setting = sources.chosen[key] { try set(key, setting) }
    }
  }

  /// The settings of a job: a flag wins over the environment, which wins over the file.
  ///
  /// - Throws: `UsageError` that names the place of a value that is wrong.
  public init(
    flags: [SettingKey: SettingText], environment: [String: String],
    file: [SettingKey: SettingText]
  ) throws(UsageError) {
    try self.init(SettingSources(flags: flags, environment: environment, file: file))
  }

  /// The settings of a job as far as their values are right.
  ///
  /// - Parameter problems: gets what is wrong with each of the others, which keep their defaults.
  public init(_ sources: SettingSources, problems: inout [UsageError]) {
    for key in SettingKey.allCases {
      guard let setting = sources.chosen[key] else { continue }
      do throws(UsageError) {
        try set(key, setting)
      } catch {
        problems.append(error)
      }
    }
  }

  private mutating func set(_ key: SettingKey, _ setting: SettingText) throws(UsageError) {
    switch key {
    case .exports: exports = try path(setting)
    case .chart: chart = try path(setting)
    case .opening: opening = try path(setting)
    case .store: store = try path(setting)
    case .reports: reports = try path(setting)
    case .statements: statements = try path(setting)
    case .bankAccounts: bankAccounts = try BankAccountSetting.list(setting)
    case .bankDateWindow: bankDateWindow = try integer(setting, key)
    case .tenants: tenants = try tenantList(setting)
    case .date: date = try calendarDate(setting)
    case .firstDate: firstDate = try calendarDate(setting)
    case .missingDates: missingDates = try choice(setting)
    case .requireManifest: requiresManifest = try flag(setting)
    case .timeZone: timeZone = try zone(setting)
    case .lockedThrough: lockedThrough = try calendarDate(setting)
    case .findingsLimit: findingsLimit = try integer(setting, key)
    case .restatingEntriesLimit: restatingEntriesLimit = try integer(setting, key)
    case .principalAccounts: principalAccounts = try accountList(setting)
    case .loanTape: loanTape = try path(setting)
    case .reportingCurrency: reportingCurrency = try currency(setting)
    case .loanDifferencesLimit: loanDifferencesLimit = try integer(setting, key)
    case .maxQuarantinedPercent: maxQuarantinedPercent = try integer(setting, key)
    case .recordBytesMax: recordBytesMax = try integer(setting, key)
    case .partBytesMax: partBytesMax = try integer(setting, key)
    case .jobs: jobs = try integer(setting, key)
    case .memoryLimit: memoryLimit = try byteCount(setting)
    case .logFormat: logFormat = try choice(setting)
    case .quiet: isQuiet = try flag(setting)
    case .metricsFile: metricsFile = try path(setting)
    case .pingURL: pingURL = try address(setting, allowsQuery: false)
    case .webhookURL: webhookURL = try address(setting, allowsQuery: true)
    case .webhookSecretFile: webhookSecretFile = try path(setting)
    case .notificationSeconds: notificationSeconds = try integer(setting, key)
    }
  }
}
