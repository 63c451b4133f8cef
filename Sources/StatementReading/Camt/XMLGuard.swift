/// Checks every byte of a document before the parser sees it.
///
/// Foundation's parser traps on a name that is not UTF-8 and on a processing instruction without data.
/// Both are refused here, anywhere in the document.
struct XMLGuard {
  private var line = 1
  private var column = 0
  private var isBehindAngle = false
  /// The number of bytes missing from the current character, and the range of the next.
  private var pending = 0
  private var allowed: ClosedRange<UInt8> = 0x80...0xBF

  /// What is wrong with the next bytes, or `nil`.
  mutating func examine(_ bytes: ArraySlice<UInt8>) -> StatementFault? {
    bytes.withUnsafeBufferPointer { examine($0) }
  }

  private mutating func examine(_ bytes: UnsafeBufferPointer<UInt8>) -> StatementFault? {
    for byte in bytes {
      column += 1
      if byte < 0x80 {
        guard pending == 0 else { return invalidText }
        if byte == 0x0A {
          line += 1
          column = 0
        } else if byte == UInt8(ascii: "?") && isBehindAngle {
          return StatementFault(
            "has a processing instruction, which a statement must not have. "
              + "Find out who wrote this file.", line: line, column: column - 1)
        }
        isBehindAngle = byte == UInt8(ascii: "<")
      } else {
        guard accept(byte) else { return invalidText }
        isBehindAngle = false
      }
    }
    return nil
  }

  private var invalidText: StatementFault {
    StatementFault(
      "contains bytes that are not UTF-8. Ask the bank for UTF-8.", line: line, column: column)
  }

  /// Whether a byte of a non-ASCII character is allowed here.
  ///
  /// Source: The Unicode Standard, table 3-7, well-formed UTF-8 byte sequences.
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
}
