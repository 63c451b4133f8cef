public import LedgerDomain

/// The identifiers of one part's entries with a fingerprint of each content: 24 bytes an entry.
///
/// Entries are kept in their order in partitions by a hash of the identifier, so that duplicates can
/// be found partition by partition in memory that fits a cache. A small part has one partition. What
/// passes the memory limit goes to a file, chunk by chunk, and is read back one partition at a time.
public final class EntryRegister {
  struct Item {
    var id: LedgerUUID
    var fingerprint: UInt64
  }

  typealias Items = UnsafeMutablePointer<Item>

  private enum Chunk {
    case inMemory(Items)
    case inFile(offset: Int)
  }

  /// Entries in chunks that are all full but the last.
  private struct Partition {
    var chunks: [Chunk] = []
    var count = 0
    var next: Items?
    var room = 0
  }

  private struct Head {
    var isSpread = false
    var count = 0
    var spill: SpillFile?
    var spillError: SpillError?
  }

  static let partitionBits = 8
  static let partitionCount = 1 << partitionBits
  private static let smallCount = 8 * 1024

  private let memory: EntryChunkPool
  // Behind pointers, so that an entry costs no check of exclusive access.
  private let partitions: UnsafeMutablePointer<Partition>
  private let head: UnsafeMutablePointer<Head>

  /// A register without entries, whose memory counts towards a limit.
  public init(memory: EntryChunkPool) {
    self.memory = memory
    partitions = .allocate(capacity: Self.partitionCount)
    partitions.initialize(repeating: Partition(), count: Self.partitionCount)
    head = .allocate(capacity: 1)
    head.initialize(to: Head())
  }

  deinit {
    removeAll()
    partitions.deinitialize(count: Self.partitionCount)
    partitions.deallocate()
    head.deinitialize(count: 1)
    head.deallocate()
  }

  /// How many entries are registered.
  public var count: Int { head.pointee.count }

  /// Why entries could not be spilled to disk, if that went wrong.
  public var spillError: SpillError? { head.pointee.spillError }

  /// Registers an accepted entry.
  @inline(__always)
  public func append(_ id: JournalEntryID, fingerprint: UInt64) {
    if head.pointee.count == Self.smallCount && !head.pointee.isSpread { spread() }
    head.pointee.count += 1
    let index = head.pointee.isSpread ? Self.partition(of: id.uuid) : 0
    append(Item(id: id.uuid, fingerprint: fingerprint), to: index)
  }

  /// Forgets all entries and gives their memory back.
  public func removeAll() {
    for index in 0..<Self.partitionCount { clear(index) }
    head.pointee = Head()
  }

  var isSpread: Bool { head.pointee.isSpread }

  /// Moves the entries of a small register into the partitions of a large one.
  func spread() {
    guard !head.pointee.isSpread else { return }
    let single = partitions[0]
    partitions[0] = Partition()
    head.pointee.isSpread = true
    var rest = single.count
    for case .inMemory(let items) in single.chunks {
      for index in 0..<min(rest, EntryChunkPool.chunkItems) {
        append(items[index], to: Self.partition(of: items[index].id))
      }
      rest -= min(rest, EntryChunkPool.chunkItems)
      memory.release(items)
    }
  }

  func count(inPartition index: Int) -> Int { partitions[index].count }

  /// Hands out the entries of a partition in their order.
  func forEach(inPartition index: Int, _ body: (Item) -> Void) throws(SpillError) {
    var rest = partitions[index].count
    for chunk in partitions[index].chunks {
      let count = min(rest, EntryChunkPool.chunkItems)
      rest -= count
      switch chunk {
      case .inMemory(let items):
        for place in 0..<count { body(items[place]) }
      case .inFile(let offset):
        try head.pointee.spill?.forEachItem(at: offset, count: count, body)
      }
    }
  }

  @inline(__always)
  static func partition(of id: LedgerUUID) -> Int {
    Int(truncatingIfNeeded: IdentifierKey(id).high >> UInt64(64 - partitionBits))
  }

  @inline(__always)
  private func append(_ item: Item, to index: Int) {
    let partition = partitions + index
    if partition.pointee.room == 0 { addChunk(to: index) }
    guard let next = partition.pointee.next else { preconditionFailure("a chunk was just added") }
    next.initialize(to: item)
    partition.pointee.next = next + 1
    partition.pointee.room &-= 1
    partition.pointee.count &+= 1
  }

  @inline(never)
  private func addChunk(to index: Int) {
    if head.pointee.isSpread && memory.isPastLimit { spillFullChunks() }
    let items = memory.allocate()
    partitions[index].chunks.append(.inMemory(items))
    partitions[index].next = items
    partitions[index].room = EntryChunkPool.chunkItems
  }

  /// Spills every full chunk to disk.
  private func spillFullChunks() {
    guard head.pointee.spillError == nil else { return }
    do throws(SpillError) {
      if head.pointee.spill == nil {
        head.pointee.spill = try SpillFile(directory: memory.spillDirectory)
      }
      guard let file = head.pointee.spill else { return }
      for index in 0..<Self.partitionCount { try spillFullChunks(ofPartition: index, to: file) }
    } catch {
      head.pointee.spillError = error
    }
  }

  private func spillFullChunks(ofPartition index: Int, to file: SpillFile) throws(SpillError) {
    let fullCount = partitions[index].count / EntryChunkPool.chunkItems
    for place in 0..<fullCount {
      guard case .inMemory(let items) = partitions[index].chunks[place] else { continue }
      let offset = try file.append(items, count: EntryChunkPool.chunkItems)
      partitions[index].chunks[place] = .inFile(offset: offset)
      memory.release(items)
    }
  }

  private func clear(_ index: Int) {
    for case .inMemory(let items) in partitions[index].chunks { memory.release(items) }
    partitions[index] = Partition()
  }
}

/// A fingerprint of what makes two entries the same: effective date and lines.
public enum EntryContent {
  /// The fingerprint; the order in which the lines stand does not change it, as each has its sequence.
  @inline(__always)
  public static func fingerprint(of entry: JournalEntry) -> UInt64 {
    fingerprints(of: entry).content
  }

  /// The same, and what is registered of the entry, in one pass over its lines.
  @inline(__always)
  static func fingerprints(of entry: JournalEntry) -> (content: UInt64, registered: UInt64) {
    var (lines, sides): (UInt64, UInt64) = (0, 0)
    for line in entry.lines {
      sides &+= Self.side(line, isMirrored: false)
      let place =
        UInt64(line.key.packed) << 32 | UInt64(line.direction.rawValue) << 16
        | UInt64(UInt16(bitPattern: line.sequence))
      lines &+= Fingerprint.mix(
        Fingerprint.mix(place, UInt64(bitPattern: line.amountMinor)), line.referenceFingerprint)
    }
    let date = UInt64(UInt32(bitPattern: entry.effectiveDate.dayNumber))
    let content = Fingerprint.mix(lines, UInt64(entry.lines.count) << 32 | date)
    // 32 bits of each, so that a reversal can be compared with the lines alone.
    return (content, content & 0xFFFF_FFFF_0000_0000 | sides >> 32)
  }

  /// The fingerprint of the mirrored accounts, sides and amounts, in any order.
  static func mirror(of entry: JournalEntry) -> UInt32 {
    var sides: UInt64 = 0
    for line in entry.lines { sides &+= Self.side(line, isMirrored: true) }
    return UInt32(truncatingIfNeeded: sides >> 32)
  }

  @inline(__always)
  private static func side(_ line: JournalLine, isMirrored: Bool) -> UInt64 {
    let isDebit = (line.direction == .debit) != isMirrored
    return Fingerprint.mix(
      UInt64(line.key.packed) << 1 | (isDebit ? 1 : 0), UInt64(bitPattern: line.amountMinor))
  }
}
