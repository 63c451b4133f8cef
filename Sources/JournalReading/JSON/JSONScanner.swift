/// Reads JSON text at the level of tokens, strictly as RFC 8259 has it.
///
/// A NUL byte follows every text, and 64 readable bytes follow that. NUL is
/// allowed nowhere in JSON, so it stops every loop without a bounds check, and eight bytes can be
/// loaded at once anywhere. Functions return where the token ends, or `nil` if it is malformed.
///
/// Source: RFC 8259 (JSON), RFC 3629 (UTF-8).
enum JSONScanner {
  typealias Bytes = UnsafePointer<UInt8>

  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")
  static let colon = UInt8(ascii: ":")
  static let comma = UInt8(ascii: ",")

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  @inline(__always)
  static func word(_ bytes: Bytes) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
  }

  @inline(__always)
  static func halfWord(_ bytes: Bytes) -> UInt32 {
    UInt32(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self))
  }

  /// Past white space: space, tab, line feed, carriage return.
  @inline(__always)
  static func skipWhitespace(_ bytes: Bytes) -> Bytes {
    var position = bytes
    while position.pointee <= 0x20 {
      switch position.pointee {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return position
      }
    }
    return position
  }

  /// A string's content, as written between its quotes.
  struct StringToken {
    /// The first byte after the opening quote.
    var content: Bytes
    /// Bytes between the quotes.
    var count: Int
    /// Whether there is a backslash among them.
    var hasEscapes: Bool
    /// The first byte after the closing quote.
    var end: Bytes { content + count + 1 }
  }

  /// The string whose opening quote is at `open`.
  @inline(__always)
  static func string(_ open: Bytes) -> StringToken? {
    let content = open + 1
    let position = plainRun(content)
    guard position.pointee == quote else {
      return stringWithSpecials(content: content, from: position)
    }
    return StringToken(content: content, count: position - content, hasEscapes: false)
  }

  /// The first byte from there on that is not plain: quote, backslash, control, not ASCII.
  @inline(__always)
  private static func plainRun(_ bytes: Bytes) -> Bytes {
    var position = bytes
    while true {
      let stops = stopBytes(in: word(position))
      if stops != 0 { return position + (stops.trailingZeroBitCount >> 3) }
      position += 8
    }
  }

  /// Marks the high bit of each byte that ends a plain run: quote, backslash, control, not ASCII.
  ///
  /// Only the lowest mark is sure: a borrow can mark bytes above a true one.
  @inline(__always)
  private static func stopBytes(in word: UInt64) -> UInt64 {
    let quotes = word ^ (ones &* UInt64(quote))
    let backslashes = word ^ (ones &* UInt64(backslash))
    let controls = (word &- ones &* 0x20) & ~word
    return
      (((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes) | controls | word)
      & highs
  }

  /// Continues after the first byte that is not plain ASCII.
  private static func stringWithSpecials(content: Bytes, from first: Bytes) -> StringToken? {
    var position = first
    var hasEscapes = false
    while true {
      switch position.pointee {
      case quote:
        return StringToken(content: content, count: position - content, hasEscapes: hasEscapes)
      case backslash:
        guard let next = escape(position) else { return nil }
        hasEscapes = true
        position = next
      case 0x00..<0x20: return nil
      case 0x80...:
        let length = utf8SequenceLength(position)
        if length == 0 { return nil }
        position += length
      default: position = plainRun(position)
      }
    }
  }

  /// The position after the escape whose backslash is at `bytes`.
  private static func escape(_ bytes: Bytes) -> Bytes? {
    switch bytes[1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return bytes + 2
    case UInt8(ascii: "u"):
      return codeUnit(bytes + 2) == nil ? nil : bytes + 6
    default: return nil
    }
  }

  /// The code unit of four hexadecimal digits.
  static func codeUnit(_ digits: Bytes) -> UInt32? {
    var unit: UInt32 = 0
    for index in 0..<4 {
      let digit: UInt8
      switch digits[index] {
      case 0x30...0x39: digit = digits[index] - 0x30
      case 0x41...0x46: digit = digits[index] - 0x37
      case 0x61...0x66: digit = digits[index] - 0x57
      default: return nil
      }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }

  /// How many bytes the well-formed UTF-8 sequence has that begins at `bytes`; 0 if it is not one.
  ///
  /// Source: The Unicode Standard, table 3-7, well-formed UTF-8 byte sequences.
  static func utf8SequenceLength(_ bytes: Bytes) -> Int {
    func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
    let second: ClosedRange<UInt8>
    let length: Int
    switch bytes[0] {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: (second, length) = (0x80...0xBF, 2)
    case 0xE0: (second, length) = (0xA0...0xBF, 3)
    case 0xED: (second, length) = (0x80...0x9F, 3)
    case 0xE1...0xEF: (second, length) = (0x80...0xBF, 3)
    case 0xF0: (second, length) = (0x90...0xBF, 4)
    case 0xF1...0xF3: (second, length) = (0x80...0xBF, 4)
    case 0xF4: (second, length) = (0x80...0x8F, 4)
    default: return 0
    }
    guard second.contains(bytes[1]) else { return 0 }
    if length >= 3 && !isContinuation(bytes[2]) { return 0 }
    if length == 4 && !isContinuation(bytes[3]) { return 0 }
    return length
  }

  /// Past a number: its grammar only, whatever its size.
  static func number(_ bytes: Bytes) -> Bytes? {
    var position = bytes
    if position.pointee == UInt8(ascii: "-") { position += 1 }
    if position.pointee == UInt8(ascii: "0") {
      position += 1
    } else {
      guard let digits = skipDigits(position) else { return nil }
      position = digits
    }
    if position.pointee == UInt8(ascii: ".") {
      guard let digits = skipDigits(position + 1) else { return nil }
      position = digits
    }
    if position.pointee | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position.pointee == UInt8(ascii: "+") || position.pointee == UInt8(ascii: "-") {
        position += 1
      }
      guard let digits = skipDigits(position) else { return nil }
      position = digits
    }
    return position
  }

  private static func skipDigits(_ bytes: Bytes) -> Bytes? {
    var position = bytes
    while (0x30...0x39).contains(position.pointee) { position += 1 }
    return position == bytes ? nil : position
  }

  /// Past `true`, `false` or `null`.
  static func literal(_ bytes: Bytes) -> Bytes? {
    switch halfWord(bytes) {
    case 0x6575_7274, 0x6C6C_756E: return bytes + 4
    case 0x736C_6166: return bytes[4] == UInt8(ascii: "e") ? bytes + 5 : nil
    default: return nil
    }
  }
}
