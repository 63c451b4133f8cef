public import LedgerDomain

/// What a job was told, every value checked.
public struct JobSettings: Sendable {
  /// What a date without a directory means.
  public enum MissingDates: String, Sendable {
    /// A missing export: the date cannot close.
    case fail
    /// A day without entries, as of an exporter that leaves those out.
    case empty
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

  /// Settings with nothing but defaults.
  public init() {}

  /// The settings of a job: a flag wins over the environment, which wins over the file.
  ///
  /// - Throws: `UsageError` that names the place of a value that is wrong.
  public init(
    flags: [SettingKey: SettingText], environment: [String: String],
    file: [SettingKey: SettingText]
  ) throws(UsageError) {
    for key in SettingKey.allCases {
      let variable = environment[key.variable].map { SettingText($0, source: key.variable) }
      guard let setting = flags[key] ?? variable ?? file[key] else { continue }
      try set(key, setting)
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
    case .bankDateWindow: bankDateWindow = try integer(setting, 0...366)
    case .tenants: tenants = try tenantList(setting)
    case .date: date = try calendarDate(setting)
    case .firstDate: firstDate = try calendarDate(setting)
    case .missingDates:
      guard let value = MissingDates(rawValue: setting.text) else {
        throw wrong(setting, "is neither 'fail' nor 'empty'")
      }
      missingDates = value
    case .requireManifest: requiresManifest = try flag(setting)
    case .timeZone: timeZone = try zone(setting)
    case .lockedThrough: lockedThrough = try calendarDate(setting)
    case .findingsLimit: findingsLimit = try integer(setting, 0...100_000_000)
    case .restatingEntriesLimit: restatingEntriesLimit = try integer(setting, 0...1_000_000)
    case .principalAccounts: principalAccounts = try accountList(setting)
    case .loanTape: loanTape = try path(setting)
    case .reportingCurrency: reportingCurrency = try currency(setting)
    case .loanDifferencesLimit: loanDifferencesLimit = try integer(setting, 0...100_000_000)
    case .maxQuarantinedPercent: maxQuarantinedPercent = try integer(setting, 0...100)
    case .recordBytesMax: recordBytesMax = try integer(setting, 256...(1 << 30))
    case .partBytesMax: partBytesMax = try integer(setting, 1...(1 << 50))
    case .jobs: jobs = try integer(setting, 1...256)
    case .memoryLimit: memoryLimit = try byteCount(setting)
    }
  }

  private func wrong(_ setting: SettingText, _ what: String) -> UsageError {
    UsageError("\(setting.source): '\(setting.text)' \(what).")
  }

  private func path(_ setting: SettingText) throws(UsageError) -> String {
    guard !setting.text.isEmpty, !setting.text.contains("\0") else {
      throw wrong(setting, "is not a path")
    }
    let trimmed = setting.text.count > 1 && setting.text.hasSuffix("/")
    return trimmed ? String(setting.text.dropLast()) : setting.text
  }

  private func calendarDate(_ setting: SettingText) throws(UsageError) -> BusinessDate {
    guard let date = BusinessDate(setting.text) else {
      throw wrong(setting, "is not a calendar date YYYY-MM-DD")
    }
    return date
  }

  private func integer(
    _ setting: SettingText, _ range: ClosedRange<Int>
  ) throws(UsageError) -> Int {
    guard let value = Int(setting.text), range.contains(value) else {
      throw wrong(setting, "is not an integer from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// Bytes, or with a unit: `512MiB`, `2GiB`.
  private func byteCount(_ setting: SettingText) throws(UsageError) -> Int {
    let units = ["KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30]
    let unit = units.first { setting.text.hasSuffix($0.key) }
    let digits = unit == nil ? setting.text : String(setting.text.dropLast(3))
    guard let value = Int(digits), value > 0,
      case (let bytes, let overflow) = value.multipliedReportingOverflow(by: unit?.value ?? 1),
      !overflow, bytes >= 80 << 20
    else { throw wrong(setting, "is not an amount of memory of at least 80MiB, such as 512MiB") }
    return bytes
  }

  private func flag(_ setting: SettingText) throws(UsageError) -> Bool {
    switch setting.text.lowercased() {
    case "true", "yes", "1": return true
    case "false", "no", "0": return false
    default: throw wrong(setting, "is neither 'true' nor 'false'")
    }
  }

  private func zone(_ setting: SettingText) throws(UsageError) -> String {
    guard LedgerCalendar(timeZone: setting.text) != nil else {
      throw wrong(setting, "is not an IANA time zone, such as UTC or America/Sao_Paulo")
    }
    return setting.text
  }

  private func accountList(_ setting: SettingText) throws(UsageError) -> PrincipalAccounts? {
    var codes: [AccountCode] = []
    for text in setting.text.split(separator: ",") {
      let name = String(text.drop { $0 == " " })
      guard let code = AccountCode(name) else {
        throw wrong(setting, "holds '\(name)', no account code of four digits")
      }
      codes.append(code)
    }
    guard let accounts = PrincipalAccounts(codes) else { throw wrong(setting, "names no account") }
    return accounts
  }

  private func currency(_ setting: SettingText) throws(UsageError) -> CurrencyCode {
    guard let code = CurrencyCode(setting.text), code.minorUnitDigits != nil else {
      throw wrong(setting, "is not a currency of ISO 4217, such as USD")
    }
    return code
  }

  private func tenantList(_ setting: SettingText) throws(UsageError) -> [TenantID] {
    var tenants: Set<TenantID> = []
    for text in setting.text.split(separator: ",") {
      let name = String(text.drop { $0 == " " })
      guard let tenant = TenantID(name) else { throw wrong(setting, "holds '\(name)', no UUID") }
      tenants.insert(tenant)
    }
    return tenants.sorted()
  }
}
