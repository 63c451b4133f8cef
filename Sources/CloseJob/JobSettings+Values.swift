import FoundationEssentials
import LedgerDomain

/// How each kind of setting is read from its text.
extension JobSettings {
  private func wrong(
    _ setting: SettingText, _ what: String, hint: String? = nil
  ) -> UsageError {
    UsageError("\(setting.source): '\(setting.text)' \(what).\(hint ?? "")")
  }

  func path(_ setting: SettingText) throws(UsageError) -> String {
    guard !setting.text.isEmpty, !setting.text.contains("\0") else {
      throw wrong(setting, "is not a path")
    }
    let trimmed = setting.text.count > 1 && setting.text.hasSuffix("/")
    return trimmed ? String(setting.text.dropLast()) : setting.text
  }

  func calendarDate(_ setting: SettingText) throws(UsageError) -> BusinessDate {
    guard let date = BusinessDate(setting.text) else {
      throw wrong(setting, "is not a calendar date YYYY-MM-DD")
    }
    return date
  }

  func integer(_ setting: SettingText, _ key: SettingKey) throws(UsageError) -> Int {
    guard case .integer(let range) = key.kind else { preconditionFailure("\(key) is no integer") }
    guard let value = Int(setting.text), range.contains(value) else {
      throw wrong(setting, "is not an integer from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// Bytes, or with a unit: `512MiB`, `2GiB`.
  func byteCount(_ setting: SettingText) throws(UsageError) -> Int {
    let units = ["KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30]
    let unit = units.first { setting.text.hasSuffix($0.key) }
    let digits = unit == nil ? setting.text : String(setting.text.dropLast(3))
    guard let value = Int(digits), value > 0,
      case (let bytes, let overflow) = value.multipliedReportingOverflow(by: unit?.value ?? 1),
      !overflow, bytes >= 80 << 20
    else { throw wrong(setting, "is not an amount of memory of at least 80MiB, such as 512MiB") }
    return bytes
  }

  func choice<Value: RawRepresentable & CaseIterable>(
    _ setting: SettingText
  ) throws(UsageError) -> Value where Value.RawValue == String {
    guard let value = Value(rawValue: setting.text) else {
      let known = Value.allCases.map(\.rawValue)
      let hint = Spelling.closest(to: setting.text, among: known).map { " Did you mean '\($0)'?" }
      throw wrong(
        setting, "is none of \(known.map { "'\($0)'" }.joined(separator: ", "))", hint: hint)
    }
    return value
  }

  /// An address that is asked for over HTTP. It is never repeated: it may hold a secret.
  func address(_ setting: SettingText, allowsQuery: Bool) throws(UsageError) -> String {
    guard let url = URL(string: setting.text), let host = url.host(), !host.isEmpty,
      ["http", "https"].contains(url.scheme?.lowercased() ?? ""), url.fragment() == nil,
      allowsQuery || url.query() == nil
    else {
      throw UsageError(
        "\(setting.source): the value is not an address\(allowsQuery ? "" : " without a query"), such "
          + "as https://hc-ping.com/<uuid>.")
    }
    return setting.text
  }

  func flag(_ setting: SettingText) throws(UsageError) -> Bool {
    switch setting.text.lowercased() {
    case "true", "yes", "1": return true
    case "false", "no", "0": return false
    default: throw wrong(setting, "is neither 'true' nor 'false'")
    }
  }

  func zone(_ setting: SettingText) throws(UsageError) -> String {
    guard LedgerCalendar(timeZone: setting.text) != nil else {
      throw wrong(setting, "is not an IANA time zone, such as UTC or America/Sao_Paulo")
    }
    return setting.text
  }

  func accountList(_ setting: SettingText) throws(UsageError) -> PrincipalAccounts? {
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

  func currency(_ setting: SettingText) throws(UsageError) -> CurrencyCode {
    guard let code = CurrencyCode(setting.text), code.minorUnitDigits != nil else {
      throw wrong(setting, "is not a currency of ISO 4217, such as USD")
    }
    return code
  }

  func tenantList(_ setting: SettingText) throws(UsageError) -> [TenantID] {
    var tenants: Set<TenantID> = []
    for text in setting.text.split(separator: ",") {
      let name = String(text.drop { $0 == " " })
      guard let tenant = TenantID(name) else {
        throw wrong(setting, "holds '\(name)', which is no UUID; tieout status lists the tenants")
      }
      tenants.insert(tenant)
    }
    return tenants.sorted()
  }
}
