import LedgerDomain

/// How settings that are lists are read and written.
extension Setting {
  static func accounts(_ name: String, help: String) -> Setting where Value == PrincipalAccounts? {
    Setting(name, kind: .accounts, default: nil, option: .value("codes"), help: help) {
      setting throws(UsageError) in
      var codes: [AccountCode] = []
      for item in items(setting) {
        guard let code = AccountCode(item) else {
          throw setting.invalid("contains '\(item)', which is not a four-digit account code")
        }
        codes.append(code)
      }
      guard let accounts = PrincipalAccounts(codes) else {
        throw setting.invalid("names no account")
      }
      return accounts
    } format: { accounts in
      joined(accounts?.codes.map(\.description) ?? [])
    }
  }

  static func tenants(_ name: String, help: String) -> Setting where Value == [TenantID] {
    Setting(
      name, kind: .tenants, default: [], option: .declaredByCommand(name: "tenant"), help: help,
      whenUnset: "all"
    ) { setting throws(UsageError) in
      var tenants: Set<TenantID> = []
      for item in items(setting) {
        guard let tenant = TenantID(item) else {
          throw setting.invalid(
            "contains '\(item)', which is not a UUID; tieout status --wide lists the tenants with theirs"
          )
        }
        tenants.insert(tenant)
      }
      return tenants.sorted()
    } format: {
      joined($0.map(\.description))
    }
  }

  static func bankAccounts(
    _ name: String, optionName: String, help: String
  ) -> Setting where Value == [BankAccountSetting] {
    Setting(
      name, kind: .bankAccounts, default: [], option: .repeated("account", name: optionName),
      help: help
    ) { setting throws(UsageError) in
      try BankAccountSetting.list(setting)
    } format: {
      joined($0.map(\.account.reference))
    }
  }

  static func dates(_ name: String, help: String) -> Setting where Value == [BusinessDate] {
    Setting(name, kind: .dates, default: [], option: .value("dates"), help: help) {
      setting throws(UsageError) in
      var dates: Set<BusinessDate> = []
      for item in items(setting) {
        guard let date = BusinessDate(item) else {
          throw setting.invalid("contains '\(item)', which is not a date, YYYY-MM-DD")
        }
        dates.insert(date)
      }
      return dates.sorted()
    } format: {
      joined($0.map(\.description))
    }
  }

  static func weekdays(
    _ name: String, default days: [BankingCalendar.Weekday], help: String
  ) -> Setting where Value == [BankingCalendar.Weekday] {
    Setting(name, kind: .weekdays, default: days, option: .value("days"), help: help) {
      setting throws(UsageError) in
      var found: Set<BankingCalendar.Weekday> = []
      for item in items(setting) where item != "none" {
        guard let day = BankingCalendar.Weekday.allCases.first(where: { $0.name == item }) else {
          throw setting.invalid(
            "contains '\(item)', which is not a day from monday to sunday, or none")
        }
        found.insert(day)
      }
      return found.sorted { $0.rawValue < $1.rawValue }
    } format: {
      joined($0.map(\.name))
    }
  }

  private static func items(_ setting: SettingText) -> [String] {
    setting.text.split(separator: ",").map { String($0.drop { $0 == " " }) }
  }

  private static func joined(_ items: [String]) -> String? {
    items.isEmpty ? nil : items.joined(separator: ", ")
  }
}
