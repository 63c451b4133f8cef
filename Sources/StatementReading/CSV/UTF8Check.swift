/// Finds the first byte of a table that is not UTF-8.
enum UTF8Check {
  /// - Throws: `StatementFault` with the line and byte that is not valid.
  static func check(_ bytes: [UInt8]) throws(StatementFault) {
    guard let offset = firstInvalid(bytes) else { return }
    if bytes[offset] == 0 { throw nulFault(bytes, at: offset) }
    throw StatementFault(
      "is not UTF-8 at byte \(offset). Set csv_encoding to what the bank writes, such as "
        + "windows-1252 or "
        + "latin-1.", line: line(bytes, at: offset))
  }

  /// A NUL, at which SQLite's text functions stop: stored text would not match its digest.
  static func nulFault(_ bytes: [UInt8], at offset: Int) -> StatementFault {
    StatementFault(
      "has a NUL character at byte \(offset). If the bank writes UTF-16, set csv_encoding to "
        + "utf-16le or "
        + "utf-16be; if not, ask it to deliver the file again.", line: line(bytes, at: offset))
  }

  /// The line of a byte, from 1.
  static func line(_ bytes: [UInt8], at offset: Int) -> Int {
    bytes[..<offset].count { $0 == 0x0A } + 1
  }

  /// The offset of the first NUL or malformed sequence.
  ///
  /// Source: The Unicode Standard, table 3-7, Well-Formed UTF-8 Byte Sequences.
  static func firstInvalid(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { raw in
      var offset = 0
      while offset < raw.count {
        // Eight ASCII characters at once, none of them NUL.
        if offset + 8 <= raw.count {
          let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
          let high: UInt64 = 0x8080_8080_8080_8080
          if word & high == 0, (word &- 0x0101_0101_0101_0101) & high == 0 {
            offset += 8
            continue
          }
        }
        guard let length = sequenceLength(raw, at: offset) else { return offset }
        offset += length
      }
      return nil
    }
  }

  private static func sequenceLength(_ raw: UnsafeRawBufferPointer, at offset: Int) -> Int? {
    let first = raw[offset]
    func next(_ distance: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      offset + distance < raw.count && range.contains(raw[offset + distance])
    }
    switch first {
    case 0x01...0x7F: return 1
    case 0xC2...0xDF: return next(1) ? 2 : nil
    case 0xE0: return next(1, 0xA0...0xBF) && next(2) ? 3 : nil
    case 0xED: return next(1, 0x80...0x9F) && next(2) ? 3 : nil
    case 0xE1...0xEC, 0xEE...0xEF: return next(1) && next(2) ? 3 : nil
    case 0xF0: return next(1, 0x90...0xBF) && next(2) && next(3) ? 4 : nil
    case 0xF1...0xF3: return next(1) && next(2) && next(3) ? 4 : nil
    case 0xF4: return next(1, 0x80...0x8F) && next(2) && next(3) ? 4 : nil
    default: return nil
    }
  }
}
