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
  private static let capacity = 4096

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
struct IdentifierPageBuilder {
  let bits: Int
  private var number = -1
  private var prefixes: [UInt8] = []
  private var details: [UInt8] = []

  init(bits: Int) { self.bits = bits }

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
    append(IdentifierPage.prefix(key, bits: bits), to: &prefixes)
    append(UInt32(truncatingIfNeeded: key.high), to: &details)
    append(key.low, to: &details)
    append(content, to: &details)
    return finished
  }

  /// The last page; `nil` if there is none.
  mutating func finish() -> IdentifierPage? {
    guard !prefixes.isEmpty else { return nil }
    defer {
      prefixes.removeAll(keepingCapacity: true)
      details.removeAll(keepingCapacity: true)
    }
    return IdentifierPage(number: number, prefixes: prefixes, details: details)
  }

  @inline(__always)
  private func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
