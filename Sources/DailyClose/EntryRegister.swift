public import LedgerDomain

/// The identifiers of one part's entries with a fingerprint of each content: 24 bytes an entry.
///
/// Entries are kept in their order in partitions by a hash of the identifier, so that duplicates can
/// be found partition by partition in memory that fits a cache. A small part has one partition.
public final class EntryRegister {
  struct Item {
    var id: LedgerUUID
    var fingerprint: UInt64
  }

  /// Entries in the order in which they came, in chunks that are never moved.
  struct Partition {
    fileprivate(set) var chunks: [(items: UnsafeMutablePointer<Item>, capacity: Int)] = []
    fileprivate(set) var count = 0
    fileprivate var next: UnsafeMutablePointer<Item>?
    fileprivate var room = 0
  }

  static let partitionCount = 256
  private static let smallCount = 8 * 1024

  private var partitions = [Partition()]
  /// How many entries are registered.
  public private(set) var count = 0

  /// A register without entries.
  public init() {}

  deinit {
    for partition in partitions {
      for chunk in partition.chunks { chunk.items.deallocate() }
    }
  }

  /// Registers an accepted entry.
  @inline(__always)
  public func append(_ id: JournalEntryID, fingerprint: UInt64) {
    if partitions.count == 1 && count == Self.smallCount { spread() }
    let index = partitions.count == 1 ? 0 : Self.partition(of: id.uuid)
    Self.append(Item(id: id.uuid, fingerprint: fingerprint), to: &partitions[index])
    count += 1
  }

  var isSpread: Bool { partitions.count > 1 }

  /// Moves the entries of a small register into the partitions of a large one.
  func spread() {
    guard !isSpread else { return }
    let single = partitions[0]
    partitions = [Partition](repeating: Partition(), count: Self.partitionCount)
    Self.forEach(in: single) { item in
      Self.append(item, to: &partitions[Self.partition(of: item.id)])
    }
    for chunk in single.chunks { chunk.items.deallocate() }
  }

  func count(inPartition index: Int) -> Int { partitions[index].count }

  func forEach(inPartition index: Int, _ body: (Item) -> Void) {
    Self.forEach(in: partitions[index], body)
  }

  @inline(__always)
  static func partition(of id: LedgerUUID) -> Int {
    Int(truncatingIfNeeded: Fingerprint.mix(id.high, id.low) >> 56)
  }

  private static func forEach(in partition: Partition, _ body: (Item) -> Void) {
    var rest = partition.count
    for chunk in partition.chunks {
      for index in 0..<min(rest, chunk.capacity) { body(chunk.items[index]) }
      rest -= min(rest, chunk.capacity)
    }
  }

  @inline(__always)
  private static func append(_ item: Item, to partition: inout Partition) {
    if partition.room == 0 { addChunk(to: &partition) }
    partition.next?.initialize(to: item)
    partition.next = partition.next.map { $0 + 1 }
    partition.room -= 1
    partition.count += 1
  }

  @inline(never)
  private static func addChunk(to partition: inout Partition) {
    let capacity = min(1024, max(64, partition.count))
    let items = UnsafeMutablePointer<Item>.allocate(capacity: capacity)
    partition.chunks.append((items, capacity))
    partition.next = items
    partition.room = capacity
  }
}

/// A fingerprint of what makes two entries the same: effective date and lines.
public enum EntryContent {
  /// The fingerprint; the order in which the lines stand does not change it, as each has its sequence.
  @inline(__always)
  public static func fingerprint(of entry: JournalEntry) -> UInt64 {
    var lines: UInt64 = 0
    for line in entry.lines {
      let place =
        UInt64(line.key.packed) << 32 | UInt64(line.direction.rawValue) << 16
        | UInt64(UInt16(bitPattern: line.sequence))
      lines &+= Fingerprint.mix(
        Fingerprint.mix(place, UInt64(bitPattern: line.amountMinor)), line.referenceFingerprint)
    }
    let date = UInt64(UInt32(bitPattern: entry.effectiveDate.dayNumber))
    return Fingerprint.mix(lines, UInt64(entry.lines.count) << 32 | date)
  }
}
