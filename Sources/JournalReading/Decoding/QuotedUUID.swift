import LedgerDomain

/// A UUID with its quotes, as text.
struct QuotedUUID {
  static let count = 38

  private var words: (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)
  private var uuid = LedgerUUID(high: 0, low: 0)

  /// The UUID if its text is the one that was kept. Initially no text is: NUL is no quote.
  @inline(__always)
  func uuid(at bytes: JSONScanner.Bytes) -> LedgerUUID? {
    guard JSONScanner.word(bytes) == words.0 else { return nil }
    let rest =
      (JSONScanner.word(bytes + 8) ^ words.1) | (JSONScanner.word(bytes + 16) ^ words.2)
      | (JSONScanner.word(bytes + 24) ^ words.3) | (JSONScanner.word(bytes + 30) ^ words.4)
    return rest == 0 && words.0 != 0 ? uuid : nil
  }

  /// Keeps the UUID whose 38 bytes begin at `bytes`.
  mutating func keep(_ uuid: LedgerUUID, at bytes: JSONScanner.Bytes) {
    self.uuid = uuid
    words = (
      JSONScanner.word(bytes), JSONScanner.word(bytes + 8), JSONScanner.word(bytes + 16),
      JSONScanner.word(bytes + 24), JSONScanner.word(bytes + 30)
    )
  }

  /// Whether the same 38 bytes are at both places.
  @inline(__always)
  static func isSame(_ bytes: JSONScanner.Bytes, _ other: JSONScanner.Bytes) -> Bool {
    guard JSONScanner.word(bytes) == JSONScanner.word(other) else { return false }
    let rest =
      (JSONScanner.word(bytes + 8) ^ JSONScanner.word(other + 8))
      | (JSONScanner.word(bytes + 16) ^ JSONScanner.word(other + 16))
      | (JSONScanner.word(bytes + 24) ^ JSONScanner.word(other + 24))
      | (JSONScanner.word(bytes + 30) ^ JSONScanner.word(other + 30))
    return rest == 0
  }
}
