import LedgerDomain

/// Writes one JSON object, member by member. Responses and log lines are written too often for
/// `JSONEncoder`.
struct JSONObjectWriter {
  private(set) var bytes: [UInt8] = []

  init() {
    bytes.reserveCapacity(384)
    bytes.append(UInt8(ascii: "{"))
  }

  /// Adds a member with a string value, which may contain any characters.
  mutating func add(_ name: StaticString, _ value: String) {
    open(name)
    bytes.append(UInt8(ascii: "\""))
    Self.escape(value, into: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Adds a member with a number value.
  mutating func add(_ name: StaticString, _ value: Int) {
    open(name)
    bytes.append(contentsOf: String(value).utf8)
  }

  /// Adds an RFC 3339 date-time in UTC with milliseconds.
  ///
  /// - Parameter milliseconds: since 1970-01-01 UTC.
  mutating func add(_ name: StaticString, milliseconds: Int) {
    open(name)
    bytes.append(UInt8(ascii: "\""))
    let (second, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    let isBefore = rest < 0
    RFC3339.append(
      second: Int64(isBefore ? second - 1 : second),
      nanosecond: UInt32(isBefore ? rest + 1000 : rest) * 1_000_000, fractionDigits: 3, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Ends the object; nothing can be added after it.
  mutating func finish() { bytes.append(UInt8(ascii: "}")) }

  /// Ends the object and returns it.
  consuming func finished() -> [UInt8] {
    finish()
    return bytes
  }

  private mutating func open(_ name: StaticString) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  /// Appends a string's characters, escaped. Source: RFC 8259, section 7.
  static func escape(_ text: String, into bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { text in
      if text.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
        return bytes.append(contentsOf: text)
      }
      for byte in text { escape(byte, into: &bytes) }
    }
  }

  private static func escape(_ byte: UInt8, into bytes: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    case 0..<0x20:
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: Array("\\u00".utf8))
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    default: bytes.append(byte)
    }
  }
}
