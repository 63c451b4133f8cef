import LedgerDomain

/// A page of an index of identifiers: the keys with the same first bits, in order.
///
/// A key is stored in two places, so that few bytes are read to see that an identifier is not there:
/// 32 bits after the page's own in `prefixes`, and the rest with the content in `details`. All numbers
/// are little-endian.
public struct IdentifierPage: Hashable, Sendable {
  /// Bytes of an entry in `prefixes`.
  public static let prefixBytes = 4
  /// Bytes of an entry in `details`: the low 32 bits of the key's first word, its second word, and the
  /// fingerprint of the content.
  public static let detailBytes = 20
  /// The most bits that a page's number has.
  static let bitsMax = 20
  /// About how many entries a page holds.
  fileprivate static let capacity = 4096

  /// The first bits of its keys.
  public let number: Int
  /// Four bytes for each entry.
  public let prefixes: [UInt8]
  /// Twenty bytes for each entry.
  public let details: [UInt8]

  /// How many entries it holds.
  public var count: Int { prefixes.count / Self.prefixBytes }

  /// How many bits the page numbers of an index of that size have.
  static func bits(forCount count: Int) -> Int {
    var bits = 0
    while bits < bitsMax && count >> bits > capacity { bits += 1 }
    return bits
  }

  /// The number of the page that a key belongs to.
  static func number(of key: IdentifierKey, bits: Int) -> Int {
    bits == 0 ? 0 : Int(key.high >> UInt64(64 - bits))
  }

  /// Whether prefixes and details belong together.
  public static func isWhole(
    _ prefixes: UnsafeRawBufferPointer, _ details: UnsafeRawBufferPointer
  ) -> Bool {
    prefixes.count / prefixBytes == details.count / detailBytes
  }

  /// The 32 bits of a key that a page stores as its prefix.
  @inline(__always)
  static func prefix(_ key: IdentifierKey, bits: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: key.high >> UInt64(32 - bits))
  }

  /// The entry at a place of a page.
  ///
  /// - Parameters:
  ///   - start: the first bits of the page's keys, at the top of a word.
  ///   - prefix: the entry's prefix.
  ///   - details: the page's details.
  static func entry(
    at place: Int, start: UInt64, prefix: UInt32, bits: Int, details: UnsafeRawBufferPointer
  ) -> (key: IdentifierKey, content: UInt64) {
    func word<Word: FixedWidthInteger>(_ offset: Int, _: Word.Type) -> Word {
      Word(
        littleEndian: details.loadUnaligned(
          fromByteOffset: place * detailBytes + offset, as: Word.self))
    }
    let first = start | UInt64(prefix) << UInt64(32 - bits)
    let key = IdentifierKey(
      high: first & 0xFFFF_FFFF_0000_0000 | UInt64(word(0, UInt32.self)),
      low: word(4, UInt64.self))
    return (key, word(12, UInt64.self))
  }
}

/// Fills one page after another with entries in the order of their keys.
struct IdentifierPageBuilder: ~Copyable {
  private let bits: Int
  private var number = -1
  private var count = 0
  private var capacity = 2 * IdentifierPage.capacity
  private var prefixes: UnsafeMutableRawPointer
  private var details: UnsafeMutableRawPointer

  init(bits: Int) {
    self.bits = bits
    prefixes = Self.allocate(capacity * IdentifierPage.prefixBytes)
    details = Self.allocate(capacity * IdentifierPage.detailBytes)
  }

  deinit {
    prefixes.deallocate()
    details.deallocate()
  }

  /// Adds the next entry.
  ///
  /// - Returns: the finished page, if the entry begins another.
  mutating func add(_ key: IdentifierKey, content: UInt64) -> IdentifierPage? {
    let next = IdentifierPage.number(of: key, bits: bits)
    var finished: IdentifierPage?
    if next != number {
      finished = finish()
      number = next
    }
    if count == capacity { grow() }
    prefixes.storeBytes(
      of: IdentifierPage.prefix(key, bits: bits).littleEndian,
      toByteOffset: count * IdentifierPage.prefixBytes, as: UInt32.self)
    let detail = details + count * IdentifierPage.detailBytes
    detail.storeBytes(of: UInt32(truncatingIfNeeded: key.high).littleEndian, as: UInt32.self)
    detail.storeBytes(of: key.low.littleEndian, toByteOffset: 4, as: UInt64.self)
    detail.storeBytes(of: content.littleEndian, toByteOffset: 12, as: UInt64.self)
    count += 1
    return finished
  }

  /// The last page; `nil` if there is none.
  mutating func finish() -> IdentifierPage? {
    if count == 0 { return nil }
    defer { count = 0 }
    return IdentifierPage(
      number: number,
      prefixes: Self.bytes(prefixes, count * IdentifierPage.prefixBytes),
      details: Self.bytes(details, count * IdentifierPage.detailBytes))
  }

  private mutating func grow() {
    prefixes = Self.moved(prefixes, capacity * IdentifierPage.prefixBytes)
    details = Self.moved(details, capacity * IdentifierPage.detailBytes)
    capacity *= 2
  }

  /// The contents in memory of twice the size.
  private static func moved(
    _ bytes: UnsafeMutableRawPointer, _ count: Int
  ) -> UnsafeMutableRawPointer {
    let larger = allocate(2 * count)
    larger.copyMemory(from: bytes, byteCount: count)
    bytes.deallocate()
    return larger
  }

  private static func allocate(_ count: Int) -> UnsafeMutableRawPointer {
    .allocate(byteCount: count, alignment: 8)
  }

  private static func bytes(_ start: UnsafeMutableRawPointer, _ count: Int) -> [UInt8] {
    [UInt8](UnsafeRawBufferPointer(start: start, count: count))
  }
}
