public import LedgerDomain

/// What a close was made with, besides its parts and its chart.
public struct CloseBasis: Sendable {
  /// The ledger's time zone, an IANA name.
  public var timeZone: String
  /// The SHA-256 of manifest.json, in lower-case hexadecimal; `nil` without one.
  public var manifestSHA256: String?
  /// The first date whose identifiers are kept once the close is committed; `nil` if none are.
  public var identifiersFrom: BusinessDate?
  /// The identifiers that it keeps; `nil` if it keeps none.
  public var identifiers: StoredIdentifiers?
  /// Entries that it left out because an earlier close had accepted them.
  public var repetitions: [JournalEntryID: ClosedEntry] = [:]
  /// What its entries reverse.
  public var reversals: [EntryReversal] = []

  /// A basis without identifiers.
  public init(timeZone: String, manifestSHA256: String? = nil) {
    self.timeZone = timeZone
    self.manifestSHA256 = manifestSHA256
  }
}

/// The identifiers that a close keeps for closes of later dates.
public struct StoredIdentifiers: Hashable, Sendable {
  /// How many there are.
  public let count: Int
  /// How many bits the numbers of their pages have.
  public let pageBits: Int
  /// SHA-256 over the pages, in lower-case hexadecimal.
  public let digest: String

  /// Creates a description.
  public init(count: Int, pageBits: Int, digest: String) {
    self.count = count
    self.pageBits = pageBits
    self.digest = digest
  }
}

/// A close whose identifiers are kept.
public struct IdentifiedClose: Hashable, Sendable {
  /// The close.
  public let closeID: CloseID
  /// Its date.
  public let businessDate: BusinessDate
  /// How many bits the numbers of its pages have.
  public let pageBits: Int
}
