import LedgerDomain

/// The words of a payment's text that may be references.
enum PaymentTextWords {
  private static let wordsMax = 128
  private static let lengthMin = 4

  /// The words, made comparable, each once: those between spaces, and their parts between the signs with
  /// which banks mark parts of a text.
  ///
  ///     PaymentTextWords.words(of: "EREF+PAY-1 thanks, paid 2026/7")  // "EREF+PAY-1", "PAY-1", …
  ///
  /// A word has a digit and four characters at least: names and phrases are no references.
  static func words(of text: String) -> [String] {
    var words: [String] = []
    var seen: Set<String> = []
    for piece in text.split(whereSeparator: \.isWhitespace).prefix(wordsMax) {
      let parts = piece.split { ":+/;,|?=()[]*#'\"<>".contains($0) }
      for part in [piece] + (parts.count == 1 && parts[0] == piece ? [] : parts) {
        let word = BankReference(.text, String(trimmed(part))).comparable
        guard words.count < wordsMax else { return words }
        if isReference(word), seen.insert(word).inserted { words.append(word) }
      }
    }
    return words
  }

  private static func trimmed(_ word: Substring) -> Substring {
    let isMark: (Character) -> Bool = { ".,;:!?-_/()[]'\"".contains($0) }
    let start = word.drop(while: isMark)
    guard let last = start.lastIndex(where: { !isMark($0) }) else { return "" }
    return start[...last]
  }

  private static func isReference(_ word: String) -> Bool {
    word.count >= lengthMin && word.contains(where: \.isNumber)
  }
}
