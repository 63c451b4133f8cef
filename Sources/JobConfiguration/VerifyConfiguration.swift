public import LedgerDomain

/// The settings of a verification.
public struct VerifyConfiguration: Sendable {
  /// The SQLite file of the books.
  public let store: String
  /// How exports are read again; `nil` if only the store is verified.
  public let reading: ReadingConfiguration?
  /// The tenants to verify; all that have books if empty.
  public let tenants: [TenantID]
  /// The memory that a run may use, in bytes; `nil` for no limit.
  public let memoryLimit: Int?

  /// The configuration that settings give.
  ///
  /// - Parameter isStoreOnly: whether exports are left out.
  /// - Throws: `UsageError` if a required setting is missing.
  public init(_ settings: JobSettings, isStoreOnly: Bool) throws(UsageError) {
    guard let store = settings.store else { throw UsageError.noStore }
    self.store = store
    tenants = settings.tenants
    memoryLimit = settings.memoryLimit
    guard !isStoreOnly else {
      reading = nil
      return
    }
    guard let exports = settings.exports else {
      throw UsageError("no exports are given. Give --job FILE or --exports DIR, or --store-only.")
    }
    reading = try ReadingConfiguration(exports: exports, store: store, settings: settings)
  }

  /// The configuration for verifying a store without its exports.
  public init(store: String) {
    self.store = store
    reading = nil
    tenants = []
    memoryLimit = nil
  }
}
