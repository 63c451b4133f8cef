/// One field of a message, with the lines that it spans.
struct MT940Field {
  let tag: MT940Tag
  /// The line of its tag, from 1.
  let line: Int
  /// Its lines: the first without the tag, all without their ends.
  var lines: [ArraySlice<UInt8>]
  /// Whether its last line has an end. A file that was cut off may lack it.
  var isTerminated: Bool

  /// Whether it was longer than a field may be; then its end is missing.
  var isOverlong = false

  /// The first line without white space around it.
  var value: ArraySlice<UInt8> { MT940Bytes.trimmed(lines[0]) }
}

/// What stands between two fields, or a field.
enum MT940Piece {
  case field(MT940Field)
  /// The end of a message: `-` or `-}`.
  case end
  /// A SWIFT header, with the message type of its second block, if it has one.
  case header(messageType: Int?)
}

/// Small functions over bytes.
enum MT940Bytes {
  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes
    while let first = bytes.first, first <= 0x20 { bytes = bytes.dropFirst() }
    while let last = bytes.last, last <= 0x20 { bytes = bytes.dropLast() }
    return bytes
  }

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

  /// The number that the bytes write in digits; `nil` if they are none or too many.
  static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.count <= 18, bytes.allSatisfy(isDigit) else { return nil }
    return bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// Up to four bytes as a number, by which they are looked up.
  static func packed(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The position of a sequence of bytes.
  static func first(_ pattern: StaticString, in bytes: ArraySlice<UInt8>) -> Int? {
    let count = pattern.utf8CodeUnitCount
    guard count > 0, bytes.count >= count else { return nil }
    return pattern.withUTF8Buffer { pattern in
      (bytes.startIndex...(bytes.endIndex - count)).first { start in
        bytes[start] == pattern[0] && (1..<count).allSatisfy { bytes[start + $0] == pattern[$0] }
      }
    }
  }

  /// The bytes as a message quotes them: in one line, and not too long.
  static func quoted(_ bytes: ArraySlice<UInt8>) -> String {
    let text = SingleLineText.of(CollectionOfOne(bytes.prefix(40))) ?? ""
    return "'\(text)\(bytes.count > 40 ? "…" : "")'"
  }
}
