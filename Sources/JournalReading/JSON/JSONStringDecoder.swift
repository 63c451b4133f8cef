extension UnsafeBufferPointer<UInt8> {
  /// The first byte; a valid pointer even if the buffer is empty.
  var start: UnsafePointer<UInt8> {
    guard let baseAddress else { preconditionFailure("a decoded text has memory") }
    return baseAddress
  }
}

/// Decodes strings with escapes into memory that it reuses.
struct JSONStringDecoder: ~Copyable {
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity = 256

  init() { memory = .allocate(capacity: 256) }
  deinit { memory.deallocate() }

  /// The string's content with its escapes resolved; valid until the next call.
  ///
  /// A surrogate pair becomes its code point. A lone surrogate, which RFC 8259 section 8.2 allows,
  /// becomes the three bytes that UTF-8 would encode it as, which keeps different ones different.
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
