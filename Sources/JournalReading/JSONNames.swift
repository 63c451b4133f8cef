import LedgerDomain

/// The names met in the objects that are open, so that a name given twice in one object is found.
///
/// Names are compared as decoded: `"a"` and `"\u0061"` are one name. Memory grows to the most names
/// that were ever open at once and is then used again: nothing is allocated per record.
struct JSONNames: ~Copyable {
  private struct Name {
    var fingerprint: UInt64
    var content: JSONScanner.Bytes
    var count: Int
    var hasEscapes: Bool
  }

  private var names: UnsafeMutablePointer<Name>
  private var capacity = 64
  private(set) var count = 0
  private var scratch = JSONTextScratch()
  private var otherScratch = JSONTextScratch()

  init() { names = .allocate(capacity: 64) }
  deinit { names.deallocate() }

  /// Forgets all names, before a new record.
  mutating func removeAll() { count = 0 }

  /// Adds a name of the innermost object.
  mutating func append(_ token: JSONScanner.StringToken) {
    if count == capacity {
      let larger = UnsafeMutablePointer<Name>.allocate(capacity: capacity * 2)
      larger.moveInitialize(from: names, count: count)
      names.deallocate()
      names = larger
      capacity *= 2
    }
    let decoded = scratch.decoded(token)
    names[count] = Name(
      fingerprint: Fingerprint.of(decoded.start, count: decoded.count), content: token.content,
      count: token.count, hasEscapes: token.hasEscapes)
    count += 1
  }

  /// Closes the object whose first name is number `first`: forgets its names.
  ///
  /// - Returns: whether they are all different.
  mutating func closeObject(first: Int) -> Bool {
    defer { count = first }
    if count - first < 2 { return true }
    var object = UnsafeMutableBufferPointer(start: names + first, count: count - first)
    if object.count > 12 { object.sort { $0.fingerprint < $1.fingerprint } }
    for index in 1..<object.count {
      var other = index - 1
      while other >= 0 {
        if object[other].fingerprint == object[index].fingerprint {
          if isSame(object[other], object[index]) { return false }
        } else if object.count > 12 {
          break
        }
        other -= 1
      }
    }
    return true
  }

  private mutating func isSame(_ left: Name, _ right: Name) -> Bool {
    let one = scratch.decoded(
      .init(content: left.content, count: left.count, hasEscapes: left.hasEscapes))
    let two = otherScratch.decoded(
      .init(content: right.content, count: right.count, hasEscapes: right.hasEscapes))
    return one.count == two.count && one.elementsEqual(two)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where the bytes begin; a valid pointer even if there are none.
  var start: UnsafePointer<UInt8> {
    guard let baseAddress else { preconditionFailure("a decoded text has memory") }
    return baseAddress
  }
}

/// Memory that strings with escapes are decoded into.
struct JSONTextScratch: ~Copyable {
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity = 256

  init() { memory = .allocate(capacity: 256) }
  deinit { memory.deallocate() }

  /// The string's content with its escapes resolved; valid until the next call.
  ///
  /// A surrogate pair becomes its code point. A lone surrogate, which RFC 8259 section 8.2 allows,
  /// becomes the three bytes that UTF-8 would give it, so that different ones stay different.
  mutating func decoded(_ token: JSONScanner.StringToken) -> UnsafeBufferPointer<UInt8> {
    guard token.hasEscapes else {
      return UnsafeBufferPointer(start: token.content, count: token.count)
    }
    if token.count > capacity {
      memory.deallocate()
      memory = .allocate(capacity: token.count)
      capacity = token.count
    }
    var position = token.content
    let end = token.content + token.count
    var written = 0
    while position < end {
      if position.pointee == JSONScanner.backslash {
        position = decodeEscape(position, end: end, written: &written)
      } else {
        memory[written] = position.pointee
        written += 1
        position += 1
      }
    }
    return UnsafeBufferPointer(start: memory, count: written)
  }

  private func decodeEscape(
    _ escape: JSONScanner.Bytes, end: JSONScanner.Bytes, written: inout Int
  ) -> JSONScanner.Bytes {
    let simple: UInt8
    switch escape[1] {
    case UInt8(ascii: "b"): simple = 0x08
    case UInt8(ascii: "f"): simple = 0x0C
    case UInt8(ascii: "n"): simple = 0x0A
    case UInt8(ascii: "r"): simple = 0x0D
    case UInt8(ascii: "t"): simple = 0x09
    case UInt8(ascii: "u"): return decodeCodePoint(escape, end: end, written: &written)
    default: simple = escape[1]
    }
    memory[written] = simple
    written += 1
    return escape + 2
  }

  private func decodeCodePoint(
    _ escape: JSONScanner.Bytes, end: JSONScanner.Bytes, written: inout Int
  ) -> JSONScanner.Bytes {
    var codePoint = JSONScanner.codeUnit(escape + 2) ?? 0xFFFD
    var next = escape + 6
    if (0xD800...0xDBFF).contains(codePoint), end - next >= 6, next[0] == JSONScanner.backslash,
      next[1] == UInt8(ascii: "u"), let low = JSONScanner.codeUnit(next + 2),
      (0xDC00...0xDFFF).contains(low)
    {
      codePoint = 0x10000 + (codePoint - 0xD800) << 10 + (low - 0xDC00)
      next += 6
    }
    func put(_ value: UInt32) {
      memory[written] = UInt8(truncatingIfNeeded: value)
      written += 1
    }
    switch codePoint {
    case ..<0x80: put(codePoint)
    case ..<0x800:
      put(0xC0 | codePoint >> 6)
      put(0x80 | codePoint & 0x3F)
    case ..<0x10000:
      put(0xE0 | codePoint >> 12)
      put(0x80 | codePoint >> 6 & 0x3F)
      put(0x80 | codePoint & 0x3F)
    default:
      put(0xF0 | codePoint >> 18)
      put(0x80 | codePoint >> 12 & 0x3F)
      put(0x80 | codePoint >> 6 & 0x3F)
      put(0x80 | codePoint & 0x3F)
    }
    return next
  }
}
