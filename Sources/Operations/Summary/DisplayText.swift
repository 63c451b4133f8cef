/// Text in columns of a terminal: how wide it is, and how it is cut and broken.
enum DisplayText {
  /// How many columns a text takes: two for each wide character, as in Chinese, Japanese and Korean.
  static func columns(_ text: String) -> Int {
    text.utf8.count == text.count ? text.count : text.reduce(0) { $0 + columns($1) }
  }

  private static func columns(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    return wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  /// The blocks whose characters take two columns.
  ///
  /// Source: Unicode Standard Annex #11, East Asian Width.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
    0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD,
  ]

  /// The text, or as much of it as fits, with an ellipsis for the rest.
  static func shortened(_ text: String, to width: Int) -> String {
    guard columns(text) > width else { return text }
    return head(text[...], within: width - 1) + "…"
  }

  /// The text with spaces after it, or before it, up to a width.
  static func padded(_ text: String, to width: Int, isFigure: Bool = false) -> String {
    let padding = String(repeating: " ", count: max(0, width - columns(text)))
    return isFigure ? padding + text : text + padding
  }

  /// The text in lines of at most a width, broken at spaces. A longer word is cut: nothing is left out.
  ///
  /// - Parameter indent: the spaces before each line but the first.
  static func wrapped(_ text: String, to width: Int, indent: Int = 0) -> [String] {
    let width = max(1, width)
    // A wide character needs two columns after the indent.
    let indent = indent + 2 <= width ? indent : 0
    var lines: [String] = []
    var current = ""
    var isEmpty = true
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      var rest = Substring(word)
      if !isEmpty {
        if columns(current) + 1 + columns(String(rest)) <= width {
          current += " " + rest
          continue
        }
        lines.append(current)
        current = String(repeating: " ", count: indent)
      }
      while columns(current) + columns(String(rest)) > width {
        let piece = head(rest, within: width - columns(current))
        lines.append(current + piece)
        rest = rest.dropFirst(piece.count)
        current = String(repeating: " ", count: indent)
      }
      current += rest
      isEmpty = false
    }
    return lines + [current]
  }

  /// The text wrapped, each line with its line feed.
  static func paragraph(_ text: String, to width: Int, indent: Int = 0) -> String {
    wrapped(text, to: width, indent: indent).map { $0 + "\n" }.joined()
  }

  /// The first characters that fit, at least one.
  private static func head(_ text: Substring, within width: Int) -> String {
    var (head, used) = ("", 0)
    for character in text {
      used += columns(character)
      if used > width && !head.isEmpty { break }
      head.append(character)
    }
    return head
  }
}
