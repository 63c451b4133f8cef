import LedgerDomain

/// Which keys of a range have a balance on a date, each with the checksum of its current row.
///
/// It proves a balance, which version of it is the current one, and that a key has none.
struct BalanceProof: Equatable {
  /// A key that has a balance.
  struct Entry: Equatable {
    let key: BalanceKey
    let checksum: UInt32

    init(key: BalanceKey, checksum: UInt32) {
      self.key = key
      self.checksum = checksum
    }

    /// The entry of a row, as a close wrote it.
    init(_ row: SnapshotRow, writtenBy close: CloseID, tenant: Int64) {
      var sum = ProofChecksum(.balance)
      sum.add(tenant)
      sum.add(Int64(row.asOfDate.dayNumber) << 32 | Int64(row.key.packed))
      sum.add(close.number)
      sum.add(row.totals.debitMinor)
      sum.add(row.totals.creditMinor)
      key = row.key
      checksum = UInt32(truncatingIfNeeded: sum.value ^ sum.value >> 32)
    }
  }

  /// The place of a row of the table: the tenant's number, the date, and the keys that it covers.
  struct Place: Equatable {
    let tenant: Int64
    let date: BusinessDate
    let first: UInt32
    let end: UInt32
  }

  /// A row of this many entries still fits into a page of the file, beside others.
  static let entriesMax = 96
  /// Keys have 31 bits.
  static let keysEnd = UInt32(1) << 31
  private static let entryBytes = 8

  let place: Place
  /// In the order of the keys.
  private(set) var entries: [Entry]

  /// The rows that cover all keys of a date.
  ///
  /// - Parameter entries: in the order of the keys.
  static func all(tenant: Int64, date: BusinessDate, _ entries: [Entry]) -> [BalanceProof] {
    let whole = Place(tenant: tenant, date: date, first: 0, end: keysEnd)
    return BalanceProof(place: whole, entries: entries).split()
  }

  init(place: Place, entries: [Entry]) {
    self.place = place
    self.entries = entries
  }

  /// Changes the entries of keys that it covers, or adds them.
  ///
  /// - Parameter changes: in the order of the keys.
  mutating func replace(_ changes: some Sequence<Entry>) {
    var merged: [Entry] = []
    merged.reserveCapacity(entries.count)
    var next = 0
    for change in changes {
      while next < entries.count && entries[next].key < change.key {
        merged.append(entries[next])
        next += 1
      }
      if next < entries.count && entries[next].key == change.key { next += 1 }
      merged.append(change)
    }
    entries = merged + entries[next...]
  }

  /// Itself, or as many as its entries need.
  func split() -> [BalanceProof] {
    guard entries.count > Self.entriesMax else { return [self] }
    // Two thirds full, since a later close may add keys.
    let size = Self.entriesMax * 2 / 3
    let starts = Array(stride(from: 0, to: entries.count, by: size))
    return starts.enumerated().map { index, start in
      let next = index + 1 < starts.count ? starts[index + 1] : nil
      return BalanceProof(
        place: Place(
          tenant: place.tenant, date: place.date,
          first: index == 0 ? place.first : entries[start].key.packed,
          end: next.map { entries[$0].key.packed } ?? place.end),
        entries: Array(entries[start..<(next ?? entries.count)]))
    }
  }
}

extension BalanceProof {
  /// The entries as they are stored: key and checksum, big-endian.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(entries.count * Self.entryBytes)
    for entry in entries {
      for word in [entry.key.packed, entry.checksum] {
        withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
      }
    }
    return bytes
  }

  /// The checksum of a row of the table.
  static func checksum(_ place: Place, _ entries: UnsafeRawBufferPointer) -> Int64 {
    var sum = ProofChecksum(.page)
    sum.add(place.tenant)
    sum.add(Int64(place.date.dayNumber))
    sum.add(Int64(place.first) << 32 | Int64(place.end))
    sum.add(entries)
    return sum.value
  }

  /// The entries of stored bytes; `nil` if they are not whole or not in the order of the keys.
  static func entries(_ bytes: UnsafeRawBufferPointer) -> [Entry]? {
    guard bytes.count.isMultiple(of: entryBytes) else { return nil }
    let entries = (0..<bytes.count / entryBytes).map { entry($0, in: bytes) }
    let isSorted = zip(entries, entries.dropFirst()).allSatisfy { $0.key < $1.key }
    return isSorted ? entries : nil
  }

  /// The entry of a key in stored bytes; `nil` if the key has no balance.
  static func entry(of key: BalanceKey, in bytes: UnsafeRawBufferPointer) -> Entry? {
    let index = firstIndex(from: key.packed, in: bytes)
    guard index < bytes.count / entryBytes else { return nil }
    let entry = entry(index, in: bytes)
    return entry.key == key ? entry : nil
  }

  /// How many entries stored bytes have.
  static func count(in bytes: UnsafeRawBufferPointer) -> Int { bytes.count / entryBytes }

  /// Where the first key is that is not below a number.
  static func firstIndex(from number: UInt32, in bytes: UnsafeRawBufferPointer) -> Int {
    var (low, high) = (0, bytes.count / entryBytes)
    while low < high {
      let middle = (low + high) / 2
      if entry(middle, in: bytes).key.packed < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  static func entry(_ index: Int, in bytes: UnsafeRawBufferPointer) -> Entry {
    let offset = index * entryBytes
    return Entry(
      key: BalanceKey(
        packed: UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))),
      checksum: UInt32(
        bigEndian: bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)))
  }
}
