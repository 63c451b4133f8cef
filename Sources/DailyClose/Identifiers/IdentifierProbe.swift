public import LedgerDomain

/// Identifiers to look for in the indexes of other closes, all in one pass over their pages.
///
/// Most identifiers of a page are ruled out by one bit of a table that fits a cache, the others by the
/// keys that share their first bits. Only what remains is compared as a whole.
public struct IdentifierProbe: ~Copyable {
  /// The share of keys that it looks for: those with these first bits.
  public struct Range: Hashable, Sendable {
    let bits: Int
    let number: Int

    /// The ranges into which so many identifiers are divided, to bound the memory of each probe.
    public static func ranges(count: Int) -> [Range] {
      var bits = 0
      while bits < 12 && count >> bits > 1 << 20 { bits += 1 }
      return (0..<(1 << bits)).map { Range(bits: bits, number: $0) }
    }

    /// The pages of an index that hold keys of the range.
    public func pages(bits pageBits: Int) -> Swift.Range<Int> {
      guard pageBits > bits else {
        let page = number >> (bits - pageBits)
        return page..<(page + 1)
      }
      return (number << (pageBits - bits))..<((number + 1) << (pageBits - bits))
    }

    /// The range divided by the pages of an index whose numbers have so many bits.
    public func parts(bits partBits: Int) -> [Range] {
      guard partBits > bits else { return [self] }
      return pages(bits: partBits).map { Range(bits: partBits, number: $0) }
    }

    /// Whether it is the first part of a range that reads its page of an index with so many bits, so
    /// that a page that several parts share is read once.
    public func isFirst(inPageOf pageBits: Int, of range: Range) -> Bool {
      guard bits > pageBits else { return true }
      let shared = bits - max(pageBits, range.bits)
      return number & ((1 << shared) - 1) == 0
    }

    func contains(_ high: UInt64) -> Bool { bits == 0 || high >> UInt64(64 - bits) == number }
  }

  private let range: Range
  private let bits: UnsafeMutablePointer<UInt64>
  private let bitsShift: UInt64
  private let keys: UnsafeMutablePointer<IdentifierKey>
  private let starts: UnsafeMutablePointer<UInt32>
  private let startsShift: UInt64
  private let count: Int

  /// A probe for the identifiers of an index in a range, and some others.
  ///
  /// - Throws: `SpillError` if a page cannot be read back.
  public init(
    _ index: IdentifierIndex?, others: some Sequence<JournalEntryID>, in range: Range
  ) throws {
    var found: [IdentifierKey] = []
    found.reserveCapacity((index?.count ?? 0) >> range.bits)
    try index?.forEachPage(range.pages(bits: index?.pageBits ?? 0)) { page in
      page.forEachEntry(bits: index?.pageBits ?? 0) { key, _ in
        if range.contains(key.high) { found.append(key) }
      }
    }
    for id in others {
      let key = IdentifierKey(id.uuid)
      if range.contains(key.high) { found.append(key) }
    }
    self.init(found, in: range)
  }

  private init(_ found: [IdentifierKey], in range: Range) {
    self.range = range
    count = found.count
    var logarithm = 4
    while logarithm < 20 && 1 << logarithm < found.count { logarithm += 1 }
    let bitsLogarithm = min(logarithm + 5, 32 - range.bits)
    bitsShift = UInt64(64 - bitsLogarithm)
    bits = .allocate(capacity: max(1, 1 << (bitsLogarithm - 6)))
    bits.initialize(repeating: 0, count: max(1, 1 << (bitsLogarithm - 6)))
    startsShift = UInt64(64 - logarithm)
    starts = .allocate(capacity: (1 << logarithm) + 1)
    starts.initialize(repeating: 0, count: (1 << logarithm) + 1)
    keys = .allocate(capacity: max(1, found.count))
    let rangeBits = UInt64(range.bits)
    for key in found {
      let bit = Int((key.high << rangeBits) >> bitsShift)
      bits[bit >> 6] |= 1 << UInt64(bit & 63)
      starts[Int((key.high << rangeBits) >> startsShift) + 1] += 1
    }
    for index in 1...(1 << logarithm) { starts[index] += starts[index - 1] }
    // Filling moves each start to its end, which is the start of the next bucket.
    for key in found {
      let bucket = Int((key.high << rangeBits) >> startsShift)
      (keys + Int(starts[bucket])).initialize(to: key)
      starts[bucket] += 1
    }
  }

  deinit {
    bits.deallocate()
    keys.deallocate()
    starts.deallocate()
  }

  /// Whether there is nothing to look for.
  public var isEmpty: Bool { count == 0 }

  /// The places of a page that may hold a wanted identifier. Nearly always there are none.
  ///
  /// - Parameters:
  ///   - prefixes: the page's prefixes.
  ///   - number: the page's number.
  ///   - pageBits: how many bits page numbers of that index have.
  public func places(
    inPrefixes prefixes: UnsafeRawBufferPointer, number: Int, pageBits: Int
  ) -> [Int] {
    var places: [Int] = []
    let start = Self.start(number: number, pageBits: pageBits)
    let shift = UInt64(32 - pageBits)
    forEachPossiblePlace(prefixes, number: number, pageBits: pageBits) { place, prefix in
      if mayContain(start | UInt64(prefix) << shift, known: shift) { places.append(place) }
    }
    return places
  }

  /// Passes on the places of a page whose bit in the table is set.
  ///
  /// This loop sees every identifier of every close in the window: it has about twelve instructions for each.
  @inline(__always)
  private func forEachPossiblePlace(
    _ prefixes: UnsafeRawBufferPointer, number: Int, pageBits: Int,
    _ body: (_ place: Int, _ prefix: UInt32) -> Void
  ) {
    let count = prefixes.count / IdentifierPage.prefixBytes
    guard count > 0, let values = prefixes.baseAddress else { return }
    @inline(__always)
    func prefix(_ place: Int) -> UInt32 {
      UInt32(
        littleEndian: values.loadUnaligned(
          fromByteOffset: place &* IdentifierPage.prefixBytes, as: UInt32.self))
    }
    // Which bits of a key choose a bit of the table: those known from the page's number, then the prefix's.
    let known = pageBits - range.bits
    let tableBits = 64 - Int(bitsShift)
    guard known >= 0 && known <= tableBits else {
      // Either several probes share the page, or a bit of the table stands for several pages.
      if known > 0 {
        let bit = (number & (1 << known - 1)) >> (known - tableBits)
        if bits[bit >> 6] >> UInt64(bit & 63) & 1 == 0 { return }
      }
      for place in 0..<count { body(place, prefix(place)) }
      return
    }
    let prefixShift = UInt64(32 - (tableBits - known))
    let page = (UInt64(number) & (1 << UInt64(known) - 1)) << UInt64(tableBits - known)
    @inline(__always)
    func isSet(_ place: Int) -> UInt64 {
      let bit = page &+ UInt64(prefix(place)) &>> prefixShift
      return bits[Int(truncatingIfNeeded: bit &>> 6)] &>> (bit & 63) & 1
    }
    var place = 0
    while place &+ 4 <= count {
      let any = isSet(place) | isSet(place &+ 1) | isSet(place &+ 2) | isSet(place &+ 3)
      if any != 0 {
        for place in place..<(place &+ 4) where isSet(place) != 0 { body(place, prefix(place)) }
      }
      place &+= 4
    }
    while place < count {
      if isSet(place) != 0 { body(place, prefix(place)) }
      place &+= 1
    }
  }

  /// The wanted identifier at a place of a page, with the fingerprint of its content; `nil` if the
  /// place holds another identifier.
  public func match(
    at place: Int, prefixes: UnsafeRawBufferPointer, details: UnsafeRawBufferPointer, number: Int,
    pageBits: Int
  ) -> (id: JournalEntryID, content: UInt64)? {
    let prefix = UInt32(
      littleEndian: prefixes.loadUnaligned(
        fromByteOffset: place * IdentifierPage.prefixBytes, as: UInt32.self))
    let (key, content) = IdentifierPage.entry(
      at: place, start: Self.start(number: number, pageBits: pageBits), prefix: prefix,
      bits: pageBits, details: details)
    guard range.contains(key.high) else { return nil }
    for index in bucket(of: key.high) where keys[index] == key {
      return (JournalEntryID(key.uuid), content)
    }
    return nil
  }

  @inline(never)
  private func mayContain(_ high: UInt64, known shift: UInt64) -> Bool {
    guard range.contains(high) else { return false }
    return bucket(of: high).contains { keys[$0].high >> shift == high >> shift }
  }

  private func bucket(of high: UInt64) -> Swift.Range<Int> {
    let bucket = Int((high << UInt64(range.bits)) >> startsShift)
    return (bucket == 0 ? 0 : Int(starts[bucket - 1]))..<Int(starts[bucket])
  }

  private static func start(number: Int, pageBits: Int) -> UInt64 {
    pageBits == 0 ? 0 : UInt64(number) << UInt64(64 - pageBits)
  }
}
