public import LedgerDomain

/// Adds up lines by key and effective date.
///
/// A hash table with open addressing over packed keys: a line costs one probe and two additions.
/// Sums are 128 bits wide, so no order of lines can overflow them; they are narrowed at the end.
public struct MovementAccumulator: ~Copyable {
  private struct Slot {
    var key: UInt64
    var lineCount: Int64
    var debitMinor: Int128
    var creditMinor: Int128
  }

  private static let emptyKey = UInt64.max

  private var slots: UnsafeMutablePointer<Slot>
  private var mask: Int
  private var used = 0

  /// An accumulator that has seen no line.
  public init() {
    slots = Self.makeSlots(64)
    mask = 63
  }

  deinit { slots.deallocate() }

  /// Adds the lines of an entry.
  @inline(__always)
  public mutating func add(_ entry: JournalEntry) {
    let date = UInt64(UInt32(bitPattern: entry.effectiveDate.dayNumber) ^ 0x8000_0000)
    for line in entry.lines {
      let slot = slot(for: UInt64(line.key.packed) << 32 | date)
      slot.pointee.lineCount &+= 1
      if line.direction == .debit {
        slot.pointee.debitMinor &+= Int128(line.amountMinor)
      } else {
        slot.pointee.creditMinor &+= Int128(line.amountMinor)
      }
    }
  }

  /// Removes the lines of an entry that was added before.
  public mutating func remove(_ entry: JournalEntry) {
    let date = UInt64(UInt32(bitPattern: entry.effectiveDate.dayNumber) ^ 0x8000_0000)
    for line in entry.lines {
      let slot = slot(for: UInt64(line.key.packed) << 32 | date)
      slot.pointee.lineCount &-= 1
      if line.direction == .debit {
        slot.pointee.debitMinor &-= Int128(line.amountMinor)
      } else {
        slot.pointee.creditMinor &-= Int128(line.amountMinor)
      }
    }
  }

  /// Adds one line to a key that need not be its own.
  mutating func add(_ line: JournalLine, to key: BalanceKey, date: BusinessDate) {
    add(line.amountMinor, line.direction, lines: 1, to: key, date: date)
  }

  /// Removes a line that was added before.
  mutating func remove(_ line: JournalLine, from key: BalanceKey, date: BusinessDate) {
    add(-line.amountMinor, line.direction, lines: -1, to: key, date: date)
  }

  private mutating func add(
    _ amountMinor: AmountMinor, _ direction: Direction, lines: Int64, to key: BalanceKey,
    date: BusinessDate
  ) {
    let day = UInt64(UInt32(bitPattern: date.dayNumber) ^ 0x8000_0000)
    let slot = slot(for: UInt64(key.packed) << 32 | day)
    slot.pointee.lineCount &+= lines
    if direction == .debit {
      slot.pointee.debitMinor &+= Int128(amountMinor)
    } else {
      slot.pointee.creditMinor &+= Int128(amountMinor)
    }
  }

  /// Adds everything the other has added.
  public mutating func merge(_ other: borrowing MovementAccumulator) {
    for index in 0...other.mask where other.slots[index].key != Self.emptyKey {
      let source = other.slots[index]
      let target = slot(for: source.key)
      target.pointee.lineCount &+= source.lineCount
      target.pointee.debitMinor &+= source.debitMinor
      target.pointee.creditMinor &+= source.creditMinor
    }
  }

  /// The movements in the order of key and effective date; each sums up at least one line.
  ///
  /// - Throws: `BalanceOverflow` if a sum passes 2^63 − 1.
  public func movements() throws(BalanceOverflow) -> [Movement] {
    var movements: [Movement] = []
    movements.reserveCapacity(used)
    for index in 0...mask where slots[index].key != Self.emptyKey && slots[index].lineCount > 0 {
      let slot = slots[index]
      let key = BalanceKey(packed: UInt32(slot.key >> 32))
      let date = BusinessDate(
        dayNumber: Int32(bitPattern: UInt32(truncatingIfNeeded: slot.key) ^ 0x8000_0000))
      guard let debit = Int64(exactly: slot.debitMinor),
        let credit = Int64(exactly: slot.creditMinor)
      else { throw BalanceOverflow(key: key, date: date) }
      movements.append(
        Movement(
          key: key, effectiveDate: date,
          totals: DebitCreditTotals(debitMinor: debit, creditMinor: credit),
          lineCount: Int(slot.lineCount)))
    }
    return movements.sorted { ($0.key, $0.effectiveDate) < ($1.key, $1.effectiveDate) }
  }

  @inline(__always)
  private mutating func slot(for key: UInt64) -> UnsafeMutablePointer<Slot> {
    var index = Self.hash(key) & mask
    while true {
      let slot = slots + index
      if slot.pointee.key == key { return slot }
      if slot.pointee.key == Self.emptyKey { return insert(key, at: index) }
      index = (index &+ 1) & mask
    }
  }

  @inline(__always)
  private static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32)
  }

  @inline(never)
  private mutating func insert(_ key: UInt64, at index: Int) -> UnsafeMutablePointer<Slot> {
    var index = index
    if (used + 1) * 2 > mask + 1 {
      grow()
      index = Self.hash(key) & mask
      while slots[index].key != Self.emptyKey { index = (index + 1) & mask }
    }
    used += 1
    slots[index].key = key
    return slots + index
  }

  private mutating func grow() {
    let old = slots
    let oldCount = mask + 1
    slots = Self.makeSlots(oldCount * 2)
    mask = oldCount * 2 - 1
    for position in 0..<oldCount where old[position].key != Self.emptyKey {
      var index = Self.hash(old[position].key) & mask
      while slots[index].key != Self.emptyKey { index = (index + 1) & mask }
      slots[index] = old[position]
    }
    old.deallocate()
  }

  private static func makeSlots(_ count: Int) -> UnsafeMutablePointer<Slot> {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
    slots.initialize(
      repeating: Slot(key: emptyKey, lineCount: 0, debitMinor: 0, creditMinor: 0), count: count)
    return slots
  }
}
