public import LedgerDomain
import Synchronization
public import Workers

/// The entries of one part that repeat an earlier one's identifier, found again by counting.
///
/// Registers keep no positions. An entry is known by its partition and its number in there, which
/// reading the part again reproduces: call `code(for:)` once for every entry the rules accept.
public struct DuplicateEntries {
  private let isSpread: Bool
  private let codes: [UInt64: FindingCode]
  private var counters: [Int]

  init(isSpread: Bool, codes: [UInt64: FindingCode]) {
    self.isSpread = isSpread
    self.codes = codes
    counters = [Int](repeating: 0, count: isSpread ? EntryRegister.partitionCount : 1)
  }

  /// How many entries repeat an earlier one.
  public var count: Int { codes.count }

  /// Whether the entry of that number in a partition repeats an earlier one.
  func contains(partition: Int, number: Int) -> Bool {
    codes[Self.place(partition: partition, number: number)] != nil
  }

  /// `duplicate_entry` or `conflicting_duplicate` for an entry that repeats one, otherwise `nil`.
  public mutating func code(for id: JournalEntryID) -> FindingCode? {
    let partition = isSpread ? EntryRegister.partition(of: id.uuid) : 0
    let number = counters[partition]
    counters[partition] += 1
    return codes[Self.place(partition: partition, number: number)]
  }

  static func place(partition: Int, number: Int) -> UInt64 {
    UInt64(partition) << 48 | UInt64(number)
  }
}

/// Finds entries whose identifier occurs more than once.
public enum DuplicateDetector {
  private typealias Codes = [[UInt64: FindingCode]]

  /// The repeated entries of each part.
  ///
  /// Of the entries with one identifier the first in the order of the parts, and in a part in its own
  /// order, is the accepted one. The others are duplicates if their content is the accepted one's,
  /// otherwise conflicts.
  ///
  /// - Parameters:
  ///   - registers: one for each part, in the order of the parts' names.
  ///   - budget: where to ask for a second core; partitions are independent of each other.
  /// - Throws: `SpillError` if entries spilled to disk cannot be read back.
  /// - Complexity: O(n) time; beside the registers, memory for one partition a core.
  public static func duplicateEntries(
    in registers: [EntryRegister], budget: CoreBudget
  ) throws(SpillError) -> [DuplicateEntries] {
    for register in registers { if let error = register.spillError { throw error } }
    let isSpread = registers.contains { $0.isSpread }
    guard isSpread else {
      return try codes(in: registers, partitions: 0..<1).map {
        DuplicateEntries(isSpread: false, codes: $0)
      }
    }
    registers.forEach { $0.spread() }
    let codes = try codes(inSpread: registers, budget: budget)
    return codes.map { DuplicateEntries(isSpread: true, codes: $0) }
  }

  private static func codes(
    inSpread registers: [EntryRegister], budget: CoreBudget
  ) throws(SpillError) -> Codes {
    let half = EntryRegister.partitionCount / 2
    let shared = SharedRegisters(registers)
    let other = Mutex<Result<Codes, SpillError>?>(nil)
    var thread: WorkerThread?
    if budget.tryAcquire() {
      thread = WorkerThread {
        let result = Result { () throws(SpillError) in
          try codes(in: shared.registers, partitions: half..<EntryRegister.partitionCount)
        }
        other.withLock { $0 = result }
      }
      if thread == nil { budget.release() }
    }
    guard let thread else {
      return try codes(in: registers, partitions: 0..<EntryRegister.partitionCount)
    }
    let first = Result { () throws(SpillError) in try codes(in: registers, partitions: 0..<half) }
    thread.join()
    budget.release()
    guard let second = other.withLock({ $0 }) else {
      preconditionFailure("the joined thread stored its result")
    }
    return zip(try first.get(), try second.get()).map { $0.merging($1) { one, _ in one } }
  }

  private static func codes(
    in registers: [EntryRegister], partitions: Range<Int>
  ) throws(SpillError) -> Codes {
    var codes = Codes(repeating: [:], count: registers.count)
    var index = IdentifierTable()
    for partition in partitions {
      index.begin(count: registers.reduce(0) { $0 + $1.count(inPartition: partition) })
      for (part, register) in registers.enumerated() {
        var number = 0
        try register.forEach(inPartition: partition) { item in
          if let first = index.insert(item) {
            let place = DuplicateEntries.place(partition: partition, number: number)
            codes[part][place] =
              first.fingerprint == item.fingerprint ? .duplicateEntry : .conflictingDuplicate
          }
          number += 1
        }
      }
    }
    return codes
  }
}

/// Registers that several threads read, each its own partitions. No thread writes to them.
private struct SharedRegisters: @unchecked Sendable {
  let registers: [EntryRegister]

  init(_ registers: [EntryRegister]) { self.registers = registers }
}

/// A hash table over the identifiers of one partition.
private struct IdentifierTable: ~Copyable {
  private var items: UnsafeMutablePointer<EntryRegister.Item>
  private var slots: UnsafeMutablePointer<UInt32>
  private var itemCapacity = 1
  private var slotCapacity = 1
  private var count = 0
  private var mask = 0

  init() {
    items = .allocate(capacity: 1)
    slots = .allocate(capacity: 1)
  }

  deinit {
    items.deallocate()
    slots.deallocate()
  }

  /// Empties the table and makes room for this many entries.
  mutating func begin(count wanted: Int) {
    precondition(wanted < Int(UInt32.max), "a partition holds fewer than 2^32 entries")
    if wanted > itemCapacity {
      items.deallocate()
      items = .allocate(capacity: wanted)
      itemCapacity = wanted
    }
    var slotCount = 16
    while slotCount < wanted * 2 { slotCount *= 2 }
    if slotCount > slotCapacity {
      slots.deallocate()
      slots = .allocate(capacity: slotCount)
      slotCapacity = slotCount
    }
    slots.initialize(repeating: 0, count: slotCount)
    mask = slotCount - 1
    count = 0
  }

  /// Inserts an item unless its identifier is there already: then that one is returned.
  mutating func insert(_ item: EntryRegister.Item) -> EntryRegister.Item? {
    var slot = Int(truncatingIfNeeded: Fingerprint.mix(item.id.low, item.id.high)) & mask
    while slots[slot] != 0 {
      let other = items[Int(slots[slot]) - 1]
      if other.id == item.id { return other }
      slot = (slot + 1) & mask
    }
    items[count] = item
    count += 1
    slots[slot] = UInt32(count)
    return nil
  }
}
