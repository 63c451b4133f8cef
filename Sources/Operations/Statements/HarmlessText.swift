/// Text from outside, so that showing it does nothing but show it.
public enum HarmlessText {
  /// The text with every control, direction and invisible character written as `\u{202E}`: nothing in
  /// it moves a cursor, changes the direction of what follows, or hides.
  ///
  ///     HarmlessText.of("a\u{1B}[2J")  // "a\\u{1B}[2J"
  public static func of(_ text: String) -> String {
    replacing(text) { scalar in
      "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    }
  }

  /// A JSON document with those characters, which can only stand in its strings, as escapes: to a
  /// program it is the same document.
  ///
  /// Source: RFC 8259, section 7.
  public static func ofJSON(_ document: String) -> String {
    replacing(document, except: ["\n"]) { scalar in
      String(scalar).utf16.map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }.joined()
    }
  }

  private static func replacing(
    _ text: String, except kept: Set<Unicode.Scalar> = [],
    _ replacement: (Unicode.Scalar) -> String
  ) -> String {
    guard text.unicodeScalars.contains(where: { !isHarmless($0) }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isHarmless(scalar) || kept.contains(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        result += replacement(scalar)
      }
    }
    return result
  }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value >= 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      return false
    default: return true
    }
  }
}
