import LedgerDomain

/// Sorts the entries of one partition by their keys.
///
/// Keys are spread evenly, so distributing them by their next bits leaves almost nothing to sort.
struct IdentifierSorter: ~Copyable {
  struct Item {
    var key: IdentifierKey
    var content: UInt64
  }

  private static let bitsMax = 16
  /// Up to how many entries of equal bits are sorted by insertion.
  private static let insertionMax = 24

  private var items: UnsafeMutablePointer<Item>
  private var sorted: UnsafeMutablePointer<Item>
  private var capacity = 1
  private var starts: [Int] = []
  private(set) var count = 0

  init() {
    items = .allocate(capacity: 1)
    sorted = .allocate(capacity: 1)
  }

  deinit {
    items.deallocate()
    sorted.deallocate()
  }

  /// Empties it, and makes room for this many entries.
  mutating func begin(count wanted: Int) {
    count = 0
    guard wanted > capacity else { return }
    items.deallocate()
    sorted.deallocate()
    items = .allocate(capacity: wanted)
    sorted = .allocate(capacity: wanted)
    capacity = wanted
  }

  @inline(__always)
  mutating func append(_ id: LedgerUUID, content: UInt64) {
    items[count] = Item(key: IdentifierKey(id), content: content)
    count += 1
  }

  /// Sorts the entries, whose keys share the first `knownBits` bits.
  mutating func sort(knownBits: Int) -> UnsafeBufferPointer<Item> {
    var bits = 1
    while bits < Self.bitsMax && 1 << bits < count { bits += 1 }
    let shift = UInt64(64 - bits)
    func bucket(_ item: Item) -> Int { Int((item.key.high << UInt64(knownBits)) >> shift) }
    starts.removeAll(keepingCapacity: true)
    starts.append(contentsOf: repeatElement(0, count: (1 << bits) + 1))
    for index in 0..<count { starts[bucket(items[index]) + 1] += 1 }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    for index in 0..<count {
      let bucket = bucket(items[index])
      (sorted + starts[bucket]).initialize(to: items[index])
      starts[bucket] += 1
    }
    var begin = 0
    for end in starts.dropLast() {
      sort(begin..<end)
      begin = end
    }
    return UnsafeBufferPointer(start: sorted, count: count)
  }

  private func sort(_ range: Range<Int>) {
    guard range.count > 1 else { return }
    guard range.count <= Self.insertionMax else {
      var many = UnsafeMutableBufferPointer(start: sorted + range.lowerBound, count: range.count)
      many.sort { $0.key < $1.key }
      return
    }
    for index in range.dropFirst() {
      let item = sorted[index]
      var place = index
      while place > range.lowerBound, item.key < sorted[place - 1].key {
        sorted[place] = sorted[place - 1]
        place -= 1
      }
      sorted[place] = item
    }
  }
}
