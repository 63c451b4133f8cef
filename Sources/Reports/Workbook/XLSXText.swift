#if XLSX
  /// Makes untrusted text fit for a cell.
  enum XLSXText {
    /// A cell holds 32,767 UTF-16 units, escapes included.
    private static let lengthMax = 32_700
    private static let cut = "… (truncated; full text in the CSV file)"

    /// The text with characters that XML forbids replaced, look-alikes of the format's escapes
    /// escaped, and truncated if it is too long.
    static func cell(_ text: String) -> String {
      if isPlain(text) { return text }
      let scalars = text.unicodeScalars
      var cell = String.UnicodeScalarView()
      var length = 0
      for index in scalars.indices {
        let piece = piece(scalars[index...])
        length += piece.utf16.count
        guard length <= lengthMax - cut.utf16.count else { return String(cell) + cut }
        cell.append(contentsOf: piece.unicodeScalars)
      }
      return String(cell)
    }

    private static func isPlain(_ text: String) -> Bool {
      text.utf8.count < lengthMax - cut.utf16.count
        && !text.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "_") || $0 == 0xEF }
    }

    /// The replacement for the first scalar of a text.
    private static func piece(_ rest: Substring.UnicodeScalarView) -> String {
      guard let first = rest.first else { return "" }
      switch first.value {
      case 0, 0xFFFE, 0xFFFF: return "\u{FFFD}"
      case 0x5F where isEscape(rest.prefix(6)): return "_x005F_"
      default: return String(first)
      }
    }

    /// Whether text is `_xHHHH`: followed by `_`, spreadsheets read it as an escaped character.
    private static func isEscape(_ text: Substring.UnicodeScalarView) -> Bool {
      let scalars = Array(text)
      return scalars.count == 6 && scalars[1] == "x"
        && scalars[2..<6].allSatisfy(\.properties.isASCIIHexDigit)
    }
  }
#endif
