/// Checks that bytes are UTF-8, and the characters ones that XML allows.
///
/// Source: The Unicode Standard, table 3-7, well-formed UTF-8 byte sequences; W3C, Extensible Markup
/// Language (XML) 1.0, section 2.2.
struct XMLCharacters {
  /// Why a byte is refused.
  enum Flaw {
    case notUTF8
    /// A control character, or no character at all.
    case notAllowed
  }

  /// The number of bytes missing from the current character, and the range of the next.
  private(set) var pending = 0
  private var allowed: ClosedRange<UInt8> = 0x80...0xBF
  /// The last three bytes of characters past ASCII.
  private var last: UInt32 = 0

  /// The offset of the first byte that is refused, or `nil`. It continues where it stopped.
  ///
  /// - Complexity: O(*n*), eight bytes at a time where all are printable ASCII.
  mutating func examine(_ bytes: UnsafeRawBufferPointer) -> (offset: Int, flaw: Flaw)? {
    var offset = 0
    while offset < bytes.count {
      if pending == 0, offset + 8 <= bytes.count {
        let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        if Self.isPrintable(word) {
          offset += 8
          continue
        }
      }
      let end = min(offset + 8, bytes.count)
      while offset < end {
        if let flaw = examine(bytes[offset]) { return (offset, flaw) }
        offset += 1
      }
    }
    return nil
  }

  /// Whether all eight bytes are from 0x20 to 0x7F.
  private static func isPrintable(_ word: UInt64) -> Bool {
    let high: UInt64 = 0x8080_8080_8080_8080
    let isBelowSpace = (word &- 0x2020_2020_2020_2020) & ~word & high
    return (word & high) | isBelowSpace == 0
  }

  private mutating func examine(_ byte: UInt8) -> Flaw? {
    if byte < 0x80 {
      if pending > 0 { return .notUTF8 }
      let isAllowed = byte >= 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
      return isAllowed ? nil : .notAllowed
    }
    guard accept(byte) else { return .notUTF8 }
    last = (last << 8 | UInt32(byte)) & 0xFF_FFFF
    // U+FFFE and U+FFFF.
    return pending == 0 && (last == 0xEF_BFBE || last == 0xEF_BFBF) ? .notAllowed : nil
  }

  /// Whether a byte of a non-ASCII character is allowed here.
  private mutating func accept(_ byte: UInt8) -> Bool {
    if pending > 0 {
      guard allowed.contains(byte) else { return false }
      pending -= 1
      allowed = 0x80...0xBF
      return true
    }
    switch byte {
    case 0xC2...0xDF: pending = 1
    case 0xE0...0xEF: pending = 2
    case 0xF0...0xF4: pending = 3
    default: return false
    }
    switch byte {
    case 0xE0: allowed = 0xA0...0xBF
    case 0xED: allowed = 0x80...0x9F
    case 0xF0: allowed = 0x90...0xBF
    case 0xF4: allowed = 0x80...0x8F
    default: allowed = 0x80...0xBF
    }
    return true
  }

  /// Whether XML allows a character that a numeric reference names.
  static func allows(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x1_0000...0x10_FFFF: true
    default: false
    }
  }

  /// Whether it is white space in XML.
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// Whether a name may have that byte, at its start or later. Of characters past ASCII all may.
  static func isName(_ byte: UInt8, isFirst: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"), UInt8(ascii: ":"), 0x80...:
      true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): !isFirst
    default: false
    }
  }
}
