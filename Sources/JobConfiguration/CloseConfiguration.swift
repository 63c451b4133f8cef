/// The settings of a run that closes dates: those that are required, and the others as `JobSettings`
/// has them.
@dynamicMemberLookup
public struct CloseConfiguration: Sendable {
  /// How exports are read.
  public let reading: ReadingConfiguration
  /// The chart of accounts: a file, or a directory of `<tenant_id>.csv` files.
  public let chart: String

  /// The export tree.
  public var exports: String { reading.exports }
  /// The SQLite file of the books.
  public var store: String { reading.store }
  /// The ledger's time zone.
  public var calendar: LedgerCalendar { reading.calendar }

  /// The configuration that settings give.
  ///
  /// - Throws: `UsageError` if a required setting is missing or contradicts another.
  public init(_ settings: JobSettings) throws(UsageError) {
    guard let exports = settings.exports else {
      throw UsageError("no exports are given. Give --job FILE or --exports DIR.")
    }
    guard let chart = settings.chart else {
      throw UsageError("no chart of accounts is given. Give --job FILE or --chart FILE.")
    }
    guard let store = settings.store else { throw UsageError.noStore }
    guard settings.loanTape == nil || settings.principalAccounts != nil else {
      throw UsageError(
        "a loan tape is given, but not what to compare it with. Give --principal-accounts CODES.")
    }
    guard settings.webhookURL == nil || settings.webhookSecretFile != nil else {
      throw UsageError(
        "a webhook is given, but nothing to sign its messages with. Give --webhook-secret-file FILE."
      )
    }
    reading = try ReadingConfiguration(exports: exports, store: store, settings: settings)
    self.chart = chart
    for account in settings.bankAccounts where !account.csv.isEmpty { _ = try account.csvMapping() }
  }

  /// The value of another setting.
  public subscript<Value>(
    dynamicMember setting: KeyPath<SettingCatalogue, Setting<Value>>
  ) -> Value { reading[dynamicMember: setting] }
}
