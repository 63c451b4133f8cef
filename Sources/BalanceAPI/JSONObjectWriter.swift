import LedgerDomain

/// Writes the objects that are written all the time, answers and lines of the log, without a coder's
/// detours.
struct JSONObjectWriter {
  private(set) var bytes: [UInt8] = []

  init() {
    bytes.reserveCapacity(384)
    bytes.append(UInt8(ascii: "{"))
  }

  /// Adds a member whose value is a text of any characters.
  mutating func add(_ name: StaticString, _ value: String) {
    open(name)
    bytes.append(UInt8(ascii: "\""))
    Self.escape(value, into: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Adds a member whose value is a number.
  mutating func add(_ name: StaticString, _ value: Int) {
    open(name)
    bytes.append(contentsOf: String(value).utf8)
  }

  /// Adds a moment as RFC 3339 has it, in UTC, to the millisecond.
  ///
  /// - Parameter milliseconds: since 1970-01-01 UTC.
  mutating func add(_ name: StaticString, milliseconds: Int) {
    open(name)
    let day = milliseconds / 86_400_000 - (milliseconds % 86_400_000 < 0 ? 1 : 0)
    let rest = milliseconds - day * 86_400_000
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: BusinessDate(dayNumber: Int32(clamping: day)).description.utf8)
    bytes.append(UInt8(ascii: "T"))
    digits(rest / 3_600_000, 2)
    bytes.append(UInt8(ascii: ":"))
    digits(rest / 60_000 % 60, 2)
    bytes.append(UInt8(ascii: ":"))
    digits(rest / 1_000 % 60, 2)
    bytes.append(UInt8(ascii: "."))
    digits(rest % 1_000, 3)
    bytes.append(UInt8(ascii: "Z"))
    bytes.append(UInt8(ascii: "\""))
  }

  /// Ends the object; nothing is to be added after it.
  mutating func finish() { bytes.append(UInt8(ascii: "}")) }

  /// The whole object.
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

  /// The last decimal digits of a number that is not negative.
  private mutating func digits(_ number: Int, _ count: Int) {
    var power = 1
    for _ in 1..<count { power *= 10 }
    while power > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number / power % 10))
      power /= 10
    }
  }

  /// Appends a text as it stands between quotation marks. Source: RFC 8259, section 7.
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
