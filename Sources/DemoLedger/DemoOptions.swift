public import LedgerDomain

/// What the demo ledger should look like.
///
/// The same options always give the same bytes. Every tenant and every date draws from its own
/// seed, so a tree with more dates begins with the files of the tree with fewer.
///
///     var options = DemoOptions()
///     options.tenants = 1
///     options.entriesPerDate = 50
public struct DemoOptions: Sendable {
  /// What every random choice is derived from.
  public var seed: UInt64 = 1
  /// How many tenants the tree has: 1 to 2,000.
  public var tenants: Int = 3
  /// The first business date; 2026-01-01 unless said otherwise.
  public var firstDate = BusinessDate(dayNumber: 20_454)
  /// How many business dates follow one another: 1 to 3,650.
  public var dates: Int = 10
  /// How many sound entries each tenant posts on each date: 0 to 10,000,000. Plants come on top.
  public var entriesPerDate: Int = 400
  /// How many parts a date's entries are split into: 1 to 64.
  public var partsPerDate: Int = 2
  /// Whether defective and unusual records are mixed in.
  public var plantsDefects: Bool = true
  /// Whether a few dates have one break each, instead of defects on all.
  public var tellsStory: Bool = false
  /// Whether each tenant gets a file of opening balances.
  public var opensWithBalances: Bool = true
  /// Whether parts are `.ndjson.gz`; plain `.ndjson` otherwise.
  public var isCompressed: Bool = true
  /// The zlib level of compressed parts: 0 to 9.
  public var compressionLevel: Int = 6
  /// Whether each date has a `manifest.json`.
  public var writesManifests: Bool = true
  /// Whether bank statements and loan tapes are written; without it, for a ledger of at most 5,000
  /// entries a date and tenant and 100,000 altogether.
  public var writesStatements: Bool?

  /// Three tenants, ten dates, 400 entries a date, with plants.
  public init() {}
}

extension DemoOptions {
  /// The last business date.
  var lastDate: BusinessDate { firstDate.advanced(by: dates - 1) }

  /// The job's `locked_through`: two days before the first date.
  ///
  /// No date of the tree is locked, so only planted entries run into the lock; and an entry of the
  /// day before the first date is before the opening without being locked.
  var lockedThrough: BusinessDate { firstDate.advanced(by: -2) }

  /// Whether bank statements and loan tapes are written.
  var hasStatements: Bool {
    writesStatements
      ?? (entriesPerDate <= 5_000 && tenants * dates * entriesPerDate <= 100_000)
  }

  /// Whether statements are written some dates later, once the ledger has all that the bank booked.
  var bankBooksEarly: Bool { plantsDefects || tellsStory }

  /// Refuses invalid options by name.
  func checked() throws -> DemoOptions {
    guard !(plantsDefects && tellsStory) else {
      throw DemoLedgerError("a ledger tells a story or has all defects; choose one")
    }
    try require("tenants", tenants, in: 1...2_000)
    try require("dates", dates, in: 1...3_650)
    try require("entriesPerDate", entriesPerDate, in: 0...10_000_000)
    try require("partsPerDate", partsPerDate, in: 1...64)
    try require("compressionLevel", compressionLevel, in: 0...9)
    try require("the year of firstDate", firstDate.calendar.year, in: 1000...9000)
    return self
  }

  private func require(_ name: String, _ value: Int, in range: ClosedRange<Int>) throws {
    guard range.contains(value) else {
      throw DemoLedgerError(
        "\(name) is \(value); give a value from \(range.lowerBound) to \(range.upperBound)")
    }
  }
}
