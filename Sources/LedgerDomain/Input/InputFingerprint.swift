/// What a date's records were, whatever order and parts they came in.
///
/// Every record adds its own fingerprint to four sums, so that no order of records or parts changes
/// the outcome, while any other set of records does.
public struct InputFingerprint: Hashable, Sendable {
  /// The four sums.
  public private(set) var sums: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  /// How many records were added.
  public private(set) var recordCount = 0

  /// The fingerprint of no record.
  public init() {}

  /// Adds an accepted entry.
  @inline(__always)
  public mutating func add(_ id: JournalEntryID, content: UInt64) {
    // Both halves in one word: otherwise two entries of equal content could swap halves unnoticed.
    let whole = Fingerprint.mix(id.uuid.high, id.uuid.low)
    sums.0 &+= Fingerprint.mix(whole, content)
    sums.1 &+= Fingerprint.mix(id.uuid.low, content &+ 1)
    recordCount += 1
  }

  /// Turns an entry that was added as accepted into a repeated one.
  public mutating func turnIntoDuplicate(_ id: JournalEntryID, content: UInt64) {
    let whole = Fingerprint.mix(id.uuid.high, id.uuid.low)
    sums.0 &-= Fingerprint.mix(whole, content)
    sums.1 &-= Fingerprint.mix(id.uuid.low, content &+ 1)
    recordCount -= 1
    addDuplicate(id, content: content)
  }

  /// Adds an entry that repeats the identifier of an accepted one.
  public mutating func addDuplicate(_ id: JournalEntryID, content: UInt64) {
    sums.2 &+= Fingerprint.mix(Fingerprint.mix(id.uuid.high, id.uuid.low), content &+ 2)
    sums.3 &+= Fingerprint.mix(id.uuid.low, content &+ 3)
    recordCount += 1
  }

  /// Adds a record that was quarantined for another reason, by its bytes.
  public mutating func addQuarantined(bytes: UInt64, count: Int) {
    sums.2 &+= Fingerprint.mix(bytes, UInt64(count))
    sums.3 &+= Fingerprint.mix(UInt64(count), bytes &+ 1)
    recordCount += 1
  }

  /// Adds everything that the other has added.
  public mutating func merge(_ other: InputFingerprint) {
    sums.0 &+= other.sums.0
    sums.1 &+= other.sums.1
    sums.2 &+= other.sums.2
    sums.3 &+= other.sums.3
    recordCount += other.recordCount
  }

  /// Equal if the same records were added.
  public static func == (left: InputFingerprint, right: InputFingerprint) -> Bool {
    left.sums == right.sums && left.recordCount == right.recordCount
  }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(sums.0)
    hasher.combine(recordCount)
  }
}
