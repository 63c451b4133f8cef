import FoundationEssentials
import LedgerDomain

/// How settings of each kind are read and written.
extension Setting {
  static func path(
    _ name: String, valueName: String, help: String, whenUnset: String? = nil
  ) -> Setting where Value == String? {
    Setting(
      name, kind: .path, default: nil, option: .value(valueName), help: help, whenUnset: whenUnset
    ) { setting throws(UsageError) in
      guard !setting.text.isEmpty, !setting.text.contains("\0") else {
        throw setting.invalid("is not a path")
      }
      let isTrimmed = setting.text.count > 1 && setting.text.hasSuffix("/")
      return isTrimmed ? String(setting.text.dropLast()) : setting.text
    } format: {
      $0
    }
  }

  static func fileName(_ name: String, help: String) -> Setting where Value == String? {
    Setting(name, kind: .fileName, default: nil, option: .value("name"), help: help) {
      setting throws(UsageError) in
      guard !setting.text.isEmpty, setting.text != ".", setting.text != "..",
        !setting.text.contains("/"), !setting.text.contains("\0")
      else { throw setting.invalid("is not a file's name") }
      return setting.text
    } format: {
      $0
    }
  }

  static func date(
    _ name: String, option: SettingOption = .value("date"), help: String, whenUnset: String? = nil
  ) -> Setting where Value == BusinessDate? {
    Setting(name, kind: .date, default: nil, option: option, help: help, whenUnset: whenUnset) {
      setting throws(UsageError) in
      guard let date = BusinessDate(setting.text) else {
        throw setting.invalid("is not a calendar date YYYY-MM-DD")
      }
      return date
    } format: {
      $0?.description
    }
  }

  static func integer(
    _ name: String, _ range: ClosedRange<Int>, default value: Int, valueName: String, help: String
  ) -> Setting where Value == Int {
    Setting(name, kind: .integer(range), default: value, option: .value(valueName), help: help) {
      setting throws(UsageError) in
      try integer(setting, in: range)
    } format: {
      String($0)
    }
  }

  static func optionalInteger(
    _ name: String, _ range: ClosedRange<Int>, valueName: String, help: String, whenUnset: String
  ) -> Setting where Value == Int? {
    Setting(
      name, kind: .integer(range), default: nil, option: .value(valueName), help: help,
      whenUnset: whenUnset
    ) { setting throws(UsageError) in
      try integer(setting, in: range)
    } format: { value in
      value.map { String($0) }
    }
  }

  private static func integer(
    _ setting: SettingText, in range: ClosedRange<Int>
  ) throws(UsageError) -> Int {
    guard let value = Int(setting.text), range.contains(value) else {
      throw setting.invalid("is not an integer from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  static func choice(
    _ name: String, default value: Value, option: SettingOption, help: String
  ) -> Setting
  where
    Value: RawRepresentable<String> & CaseIterable & Sendable
  {
    let words = Value.allCases.map(\.rawValue)
    return Setting(name, kind: .choice(words), default: value, option: option, help: help) {
      setting throws(UsageError) in
      guard let value = Value(rawValue: setting.text) else {
        let hint = SpellingSuggestion.closest(to: setting.text, among: words)
        throw setting.invalid(
          "is not one of \(words.map { "'\($0)'" }.joined(separator: ", "))",
          hint: hint.map { " Did you mean '\($0)'?" } ?? "")
      }
      return value
    } format: {
      $0.rawValue
    }
  }

  static func flag(
    _ name: String, option: SettingOption = .flag, help: String
  ) -> Setting where Value == Bool {
    Setting(name, kind: .flag, default: false, option: option, help: help) {
      setting throws(UsageError) in
      switch setting.text.lowercased() {
      case "true", "yes", "1": return true
      case "false", "no", "0": return false
      default: throw setting.invalid("is neither 'true' nor 'false'")
      }
    } format: {
      String($0)
    }
  }

  static func timeZone(_ name: String, help: String) -> Setting where Value == String {
    Setting(name, kind: .timeZone, default: "UTC", option: .value("zone"), help: help) {
      setting throws(UsageError) in
      guard LedgerCalendar(timeZone: setting.text) != nil else {
        throw setting.invalid("is not an IANA time zone, such as UTC or America/Sao_Paulo")
      }
      return setting.text
    } format: {
      $0
    }
  }

  static func currency(_ name: String, help: String) -> Setting where Value == CurrencyCode? {
    Setting(name, kind: .currency, default: nil, option: .value("code"), help: help) {
      setting throws(UsageError) in
      guard let code = CurrencyCode(setting.text), code.minorUnitDigits != nil else {
        throw setting.invalid("is not an ISO 4217 currency, such as USD")
      }
      return code
    } format: {
      $0?.description
    }
  }

  /// From which movement on somebody must look at a balance: `10000.00, 5%`.
  static func reviewThreshold(
    _ name: String, help: String
  ) -> Setting where Value == ReviewThreshold? {
    Setting(
      name, kind: .reviewThreshold, default: nil, option: .value("amount,percent"), help: help
    ) {
      setting throws(UsageError) in
      guard let threshold = ReviewThreshold(setting.text) else {
        throw setting.invalid(
          "is not an amount in units of each currency, a percentage, or both, such as 10000.00, 5%")
      }
      return threshold
    } format: {
      $0?.description
    }
  }

  /// Bytes, or with a unit: `512MiB`, `2GiB`.
  static func memory(
    _ name: String, minimum: Int, help: String, whenUnset: String
  ) -> Setting where Value == Int? {
    Setting(
      name, kind: .memory, default: nil, option: .value("size"), help: help, whenUnset: whenUnset
    ) { setting throws(UsageError) in
      let units = ["KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30]
      let unit = units.first { setting.text.hasSuffix($0.key) }
      let digits = unit == nil ? setting.text : String(setting.text.dropLast(3))
      guard let value = Int(digits), value > 0,
        case (let bytes, let overflow) = value.multipliedReportingOverflow(by: unit?.value ?? 1),
        !overflow, bytes >= minimum
      else {
        throw setting.invalid(
          "is not an amount of memory of at least \(minimum >> 20)MiB, such as 512MiB")
      }
      return bytes
    } format: { value in
      value.map { String($0) }
    }
  }

  /// The address of an HTTP request. Errors never repeat it, because it may hold a secret.
  static func address(
    _ name: String, allowsQuery: Bool, help: String
  ) -> Setting where Value == String? {
    Setting(name, kind: .address, default: nil, option: .value("url"), help: help) {
      setting throws(UsageError) in
      guard let url = URL(string: setting.text), let host = url.host(), !host.isEmpty,
        ["http", "https"].contains(url.scheme?.lowercased() ?? ""), url.fragment() == nil,
        allowsQuery || url.query() == nil
      else {
        throw UsageError(
          "\(setting.source): the value is not an http or https address"
            + "\(allowsQuery ? "" : " without a query"), such as https://hc-ping.com/<uuid>.")
      }
      return setting.text
    } format: { address in
      address.map(hostOnly)
    }
  }

  /// `https://hc-ping.com/…` of an address.
  private static func hostOnly(_ address: String) -> String {
    guard let url = URL(string: address), let scheme = url.scheme, let host = url.host() else {
      return "…"
    }
    return "\(scheme)://\(host)\(url.port.map { ":\($0)" } ?? "")/…"
  }
}
