public import LedgerDomain

/// A bank account of a job.
///
///     bank_accounts:
///       - ref: operating
///         account: 1000
///         currency: USD
///         iban: DE89370400440532013000
///
/// As an option: `--bank-account ref=operating,account=1000,currency=USD`.
public struct BankAccountSetting: Hashable, Sendable {
  /// The account.
  public let account: BankAccount
  /// How the account's CSV statements are read: the values whose keys begin with `csv_`.
  public let csv: [String: String]

  /// Parses the accounts of a setting.
  ///
  /// - Throws: `UsageError` that names the source and the value.
  static func list(_ setting: SettingText) throws(UsageError) -> [BankAccountSetting] {
    let mappings = setting.mappings.isEmpty ? try self.mappings(setting) : setting.mappings
    var accounts: [BankAccountSetting] = []
    for mapping in mappings {
      let account = try BankAccountSetting(mapping, source: setting.source)
      guard !accounts.contains(where: { $0.account.reference == account.account.reference }) else {
        throw UsageError(
          "\(setting.source): two bank accounts have the ref '\(account.account.reference)'. "
            + "Rename one."
        )
      }
      accounts.append(account)
    }
    return accounts
  }

  /// Parses `key=value,key=value;key=value`.
  private static func mappings(_ setting: SettingText) throws(UsageError) -> [SettingMapping] {
    var mappings: [SettingMapping] = []
    for text in setting.text.split(separator: ";") {
      var values: [String: String] = [:]
      for pair in text.split(separator: ",") {
        let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, values[parts[0]] == nil else {
          throw UsageError("\(setting.source): '\(pair)' is not key=value.")
        }
        values[parts[0]] = parts[1]
      }
      mappings.append(SettingMapping(values: values, places: [:]))
    }
    return mappings
  }

  private init(_ mapping: SettingMapping, source: String) throws(UsageError) {
    let known = BankAccountKey.allCases.map(\.rawValue)
    for name in mapping.values.keys.sorted() where BankAccountKey(rawValue: name) == nil {
      let hint =
        SpellingSuggestion.closest(to: name, among: known).map { " Did you mean '\($0)'?" } ?? ""
      throw UsageError(
        "\(mapping.places[name] ?? source): unknown bank account key '\(name)'.\(hint) Keys: "
          + "\(known.joined(separator: ", ")).")
    }
    func value(_ key: BankAccountKey) -> String? { mapping.values[key.rawValue] }
    guard let reference = value(.ref), !reference.isEmpty else {
      throw UsageError("\(source): a bank account has no ref. Give it the name to use in reports.")
    }
    let place = "\(source), bank account '\(reference)'"
    guard let account = AccountCode(value(.account) ?? "") else {
      throw UsageError("\(place): account must be a four-digit account code.")
    }
    guard let currency = CurrencyCode(value(.currency) ?? ""), currency.minorUnitDigits != nil
    else { throw UsageError("\(place): currency must be an ISO 4217 code.") }
    self.account = BankAccount(
      reference: reference, statementAccount: value(.iban) ?? value(.number) ?? reference,
      account: account, currency: currency)
    csv = mapping.values.filter { $0.key.hasPrefix("csv_") }
  }
}
