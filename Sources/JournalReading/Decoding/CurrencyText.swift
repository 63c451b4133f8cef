/// The text of the last currency code: most lines repeat it.
struct CurrencyText {
  private var text: UInt32 = 0
  private var code: UInt32 = 0

  /// The packed code of the three letters at `letters`, where four bytes must be readable.
  @inline(__always)
  mutating func code(of letters: JSONScanner.Bytes) -> UInt32? {
    let word = JSONScanner.halfWord(letters) & 0xFF_FFFF
    // Zero is no text: NUL is no letter.
    if word == text && word != 0 { return code }
    guard let code = Self.code(of: letters) else { return nil }
    (text, self.code) = (word, code)
    return code
  }

  static func code(of letters: JSONScanner.Bytes) -> UInt32? {
    let (first, second, third) = (letters[0] &- 0x41, letters[1] &- 0x41, letters[2] &- 0x41)
    guard first < 26, second < 26, third < 26 else { return nil }
    return UInt32(first) * 676 + UInt32(second) * 26 + UInt32(third)
  }
}
