public import LedgerDomain

/// A bank account as a job names it.
///
///     bank_accounts:
///       - ref: operating
///         account: 1000
///         currency: USD
///         iban: DE89370400440532013000
///
/// As a flag: `--bank-account ref=operating,account=1000,currency=USD`.
public struct BankAccountSetting: Hashable, Sendable {
  /// The account.
  public let account: BankAccount
  /// How CSV statements of the account are to be read: the settings whose names begin with `csv_`.
  public let csv: [String: String]

  /// The accounts of a setting.
  ///
  /// - Throws: `UsageError` that names place and value.
  static func list(_ setting: SettingText) throws(UsageError) -> [BankAccountSetting] {
    let mappings = setting.mappings.isEmpty ? try self.mappings(setting) : setting.mappings
    var accounts: [BankAccountSetting] = []
    for mapping in mappings {
      let account = try BankAccountSetting(mapping, source: setting.source)
      guard !accounts.contains(where: { $0.account.reference == account.account.reference }) else {
        throw UsageError(
          "\(setting.source): there are two bank accounts '\(account.account.reference)'.")
      }
      accounts.append(account)
    }
    return accounts
  }

  /// Several `key=value,key=value`, apart by `;`.
  private static func mappings(
    _ setting: SettingText
  ) throws(UsageError) -> [[String: String]] {
    var mappings: [[String: String]] = []
    for text in setting.text.split(separator: ";") {
      var mapping: [String: String] = [:]
      for pair in text.split(separator: ",") {
        let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, mapping[parts[0]] == nil else {
          throw UsageError("\(setting.source): '\(pair)' is not key=value.")
        }
        mapping[parts[0]] = parts[1]
      }
      mappings.append(mapping)
    }
    return mappings
  }

  private static let names: Set<String> = ["ref", "account", "currency", "iban", "number"]

  private init(_ mapping: [String: String], source: String) throws(UsageError) {
    for name in mapping.keys.sorted() where !Self.names.contains(name) && !name.hasPrefix("csv_") {
      throw UsageError(
        "\(source): a bank account has no '\(name)'. There are: ref, account, currency, iban, number and "
          + "csv_….")
    }
    guard let reference = mapping["ref"], !reference.isEmpty else {
      throw UsageError("\(source): a bank account needs a ref, the name that reports call it.")
    }
    let place = "\(source), bank account '\(reference)'"
    guard let account = AccountCode(mapping["account"] ?? "") else {
      throw UsageError("\(place): account must be four digits.")
    }
    guard let currency = CurrencyCode(mapping["currency"] ?? ""), currency.minorUnitDigits != nil
    else { throw UsageError("\(place): currency must be an ISO 4217 code.") }
    self.account = BankAccount(
      reference: reference, statementAccount: mapping["iban"] ?? mapping["number"] ?? reference,
      account: account, currency: currency)
    csv = mapping.filter { $0.key.hasPrefix("csv_") }
  }
}
