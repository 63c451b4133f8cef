/// Bytes of a bank's file as text in one line.
///
/// White space and control characters between two words become one space. Bytes that are not UTF-8
/// are taken for Windows-1252, which contains ISO 8859-1.
enum SingleLineText {
  /// The pieces as one line, with a space between two of them; `nil` if nothing is left.
  ///
  /// - Parameter bytesMax: the rest of a longer text is left out.
  static func of(
    _ pieces: some Sequence<ArraySlice<UInt8>>, bytesMax: Int = 64 << 10
  ) -> String? {
    var line: [UInt8] = []
    for piece in pieces {
      var needsSpace = !line.isEmpty
      for byte in piece {
        if byte <= 0x20 || byte == 0x7F {
          needsSpace = !line.isEmpty
          continue
        }
        if line.count >= bytesMax { break }
        if needsSpace {
          line.append(0x20)
          needsSpace = false
        }
        line.append(byte)
      }
    }
    return line.isEmpty ? nil : decoded(line[...])
  }

  /// The bytes as text, unchanged but for their encoding.
  static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = ""
    for byte in bytes { text.unicodeScalars.append(windows1252(byte)) }
    return text
  }

  /// The character of a byte; the five bytes without one become U+FFFD.
  ///
  /// Source: WHATWG Encoding Standard, index windows-1252.
  static func windows1252(_ byte: UInt8) -> Unicode.Scalar {
    guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
    return special[Int(byte) - 0x80]
  }

  private static let special: [Unicode.Scalar] = [
    "€", "\u{FFFD}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{FFFD}", "Ž",
    "\u{FFFD}", "\u{FFFD}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ",
    "\u{FFFD}", "ž", "Ÿ",
  ]
}
