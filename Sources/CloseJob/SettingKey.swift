/// Everything a job can be told: the keys of the job file, and with `TIEOUT_` before them and in
/// capitals, of the environment.
public enum SettingKey: String, CaseIterable, Sendable {
  case exports
  case chart
  case opening
  case store
  case reports
  case statements
  case bankAccounts = "bank_accounts"
  case bankDateWindow = "bank_date_window"
  case tenants
  case date
  case firstDate = "first_date"
  case missingDates = "missing_dates"
  case requireManifest = "require_manifest"
  case timeZone = "time_zone"
  case lockedThrough = "locked_through"
  case findingsLimit = "findings_limit"
  case restatingEntriesLimit = "restating_entries_limit"
  case principalAccounts = "principal_accounts"
  case loanTape = "loan_tape"
  case reportingCurrency = "reporting_currency"
  case loanDifferencesLimit = "loan_differences_limit"
  case maxQuarantinedPercent = "max_quarantined_percent"
  case recordBytesMax = "record_bytes_max"
  case partBytesMax = "part_bytes_max"
  case jobs
  case memoryLimit = "memory_limit"
  case logFormat = "log_format"
  case quiet
  case metricsFile = "metrics_file"
  case pingURL = "ping_url"
  case webhookURL = "webhook_url"
  case webhookSecretFile = "webhook_secret_file"
  case notificationSeconds = "notification_seconds"

  /// The variable of the environment.
  public var variable: String { "TIEOUT_" + rawValue.uppercased() }

  /// Whether it names a file or directory; in a job file, relative to that file.
  public var isPath: Bool { kind == .path }

  /// Whether its value must not be shown: an address that tells whoever knows it is let in.
  public var isSecret: Bool { kind == .address }

  /// The key that a misspelt one most likely means; `nil` if none is close.
  static func closest(to text: String) -> SettingKey? {
    Spelling.closest(to: text, among: allCases.map(\.rawValue)).flatMap(SettingKey.init)
  }

  /// The key whose variable a misspelt one most likely means; `nil` if none is close.
  public static func closest(toVariable name: String) -> SettingKey? {
    closest(to: String(name.dropFirst("TIEOUT_".count)).lowercased())
  }
}

/// A setting as it was written, and where.
public struct SettingText: Sendable {
  /// The value as text; several tenants are separated by commas.
  public let text: String
  /// Where it was written: `--exports`, `TIEOUT_EXPORTS`, `nightly.yaml line 3`.
  public let source: String
  /// The entries of a setting that is a list of mappings.
  public let mappings: [SettingMapping]

  /// A value from that place.
  public init(_ text: String, source: String, mappings: [SettingMapping] = []) {
    self.text = text
    self.source = source
    self.mappings = mappings
  }
}

/// One entry of a setting that is a list of mappings.
public struct SettingMapping: Sendable {
  /// Each value by its name.
  public let values: [String: String]
  /// Where each name was written.
  public let places: [String: String]

  /// An entry of these values.
  public init(values: [String: String], places: [String: String]) {
    self.values = values
    self.places = places
  }
}

/// What is told in flags, environment and job file together, each setting from the place that wins.
public struct SettingSources: Sendable {
  /// The settings that somebody gave.
  public let chosen: [SettingKey: SettingText]

  /// A flag wins over the environment, which wins over the file.
  public init(
    flags: [SettingKey: SettingText], environment: [String: String],
    file: [SettingKey: SettingText]
  ) {
    var chosen: [SettingKey: SettingText] = [:]
    for key in SettingKey.allCases {
      let variable = environment[key.variable].map { SettingText($0, source: key.variable) }
      chosen[key] = flags[key] ?? variable ?? file[key]
    }
    self.chosen = chosen
  }
}
