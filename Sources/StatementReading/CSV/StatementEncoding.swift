/// How the characters of a table are encoded.
public enum StatementEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  /// ISO 8859-1, western Europe.
  case latin1 = "latin-1"
  /// ISO 8859-2, central Europe.
  case latin2 = "latin-2"
  /// ISO 8859-15: Latin-1 with the euro.
  case latin9 = "latin-9"
  /// Central Europe.
  case windows1250 = "windows-1250"
  /// Western Europe.
  case windows1252 = "windows-1252"
  /// With a byte order mark.
  case utf16 = "utf-16"
  /// Without a byte order mark, the low byte first.
  case utf16LittleEndian = "utf-16le"
  /// Without a byte order mark, the high byte first.
  case utf16BigEndian = "utf-16be"
}

extension StatementEncoding {
  /// The encoding that a byte order mark shows, and how long the mark is.
  ///
  /// Source: The Unicode Standard, section 23.8, Byte Order Mark.
  static func marked(_ bytes: [UInt8]) -> (encoding: StatementEncoding, length: Int)? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
    if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
    return nil
  }

  /// The text in UTF-8, without its byte order mark. A mark counts for more than the encoding
  /// named.
  ///
  /// - Throws: `StatementFault` with the line and byte that is not valid in the encoding.
  func decoded(_ bytes: [UInt8]) throws(StatementFault) -> [UInt8] {
    let mark = Self.marked(bytes)
    switch mark?.encoding ?? self {
    case .utf8:
      try UTF8Check.check(bytes)
      return mark == nil ? bytes : Array(bytes.dropFirst(mark?.length ?? 0))
    case .utf16:
      throw StatementFault(
        "has no byte order mark, which csv_encoding: utf-16 needs. Set csv_encoding to utf-16le or "
          + "utf-16be.", line: 1)
    case .utf16LittleEndian:
      return try Self.decodedUTF16(bytes, from: mark?.length ?? 0, highByte: 1)
    case .utf16BigEndian:
      return try Self.decodedUTF16(bytes, from: mark?.length ?? 0, highByte: 0)
    case .latin1, .latin2, .latin9, .windows1250, .windows1252:
      return try decodedBytes(bytes)
    }
  }

  private func decodedBytes(_ bytes: [UInt8]) throws(StatementFault) -> [UInt8] {
    let characters = SingleByteEncoding.characters(self)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for (offset, byte) in bytes.enumerated() {
      if byte == 0 { throw UTF8Check.nulFault(bytes, at: offset) }
      if byte < 0x80 {
        text.append(byte)
      } else {
        let character = characters[Int(byte) - 0x80]
        if character.isEmpty {
          throw invalid(bytes, at: offset)
        }
        text.append(contentsOf: character)
      }
    }
    return text
  }

  private func invalid(_ bytes: [UInt8], at offset: Int) -> StatementFault {
    let remedy: String
    if UTF8Check.firstInvalid(bytes) == nil {
      remedy = "The file is UTF-8: remove csv_encoding."
    } else {
      let other = self == .latin1 ? "windows-1252, or to what" : "what"
      remedy = "Set csv_encoding to \(other) the bank writes."
    }
    let byte = "0x" + String(bytes[offset], radix: 16, uppercase: true)
    return StatementFault(
      "has the byte \(byte) at byte \(offset), which is no character of \(rawValue). \(remedy)",
      line: UTF8Check.line(bytes, at: offset))
  }

  private static func decodedUTF16(
    _ bytes: [UInt8], from start: Int, highByte: Int
  ) throws(StatementFault) -> [UInt8] {
    func unit(_ offset: Int) -> UInt32 {
      UInt32(bytes[offset + highByte]) << 8 | UInt32(bytes[offset + 1 - highByte])
    }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / 2 + bytes.count / 8)
    var (offset, line) = (start, 1)
    while offset < bytes.count {
      var scalar: UInt32?
      var length = 2
      if offset + 1 < bytes.count {
        let first = unit(offset)
        if (0xD800...0xDBFF).contains(first) {
          if offset + 3 < bytes.count, (0xDC00...0xDFFF).contains(unit(offset + 2)) {
            scalar = 0x10000 + (first - 0xD800) << 10 + (unit(offset + 2) - 0xDC00)
            length = 4
          }
        } else if first != 0 {
          scalar = first
        }
      }
      guard let scalar, let character = Unicode.Scalar(scalar) else {
        throw StatementFault(
          "is not valid UTF-16 at byte \(offset). Set csv_encoding to what the bank writes, or "
            + "ask it to "
            + "deliver the file again.", line: line)
      }
      if character == "\n" { line += 1 }
      text.append(contentsOf: String(Character(character)).utf8)
      offset += length
    }
    return text
  }
}
