import LedgerDomain

/// Reads the bytes of a statement in the format that they have.
struct StatementFormatReader {
  let mappings: [NamedMapping]
  let date: BusinessDate?

  /// Whether a file that begins with these bytes is XML, but not OFX.
  static func isXML(_ head: ArraySlice<UInt8>) -> Bool {
    let text = Self.text(head)
    return text.first == UInt8(ascii: "<") && !OFXReader.recognizes(text)
  }

  /// The statements of a file that is not XML.
  func file(_ bytes: [UInt8], name: String) -> StatementFile {
    let head = bytes.prefix(PeekingSource.headBytes)
    let text = Self.text(head)
    if OFXReader.recognizes(text) {
      return StatementFile(
        name: name, format: .ofx, contents: OFXReader.contents(of: Self.utf8(bytes), name: name))
    }
    if MT940Reader.recognizes(text) {
      let contents = MT940Reader.contents(of: Self.utf8(bytes), name: name)
      return StatementFile(
        name: name, format: MT940Reader.isInterim(contents) ? .mt942 : .mt940, contents: contents)
    }
    if BAI2Reader.recognizes(text) {
      return StatementFile(
        name: name, format: .bai2, contents: BAI2Reader.contents(of: Self.utf8(bytes), name: name))
    }
    return MappedTable(mappings: mappings, date: date).file(bytes, name: name)
  }

  /// What a file begins with, behind byte order marks and white space.
  private static func text(_ head: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    StatementHead.isUTF16(head)
      ? StatementHead.text(StatementHead.utf8(ofUTF16: head)[...]) : StatementHead.text(head)
  }

  /// The bytes without a byte order mark; UTF-16 as UTF-8.
  private static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    if StatementHead.isUTF16(bytes[...]) { return StatementHead.utf8(ofUTF16: bytes[...]) }
    return bytes.starts(with: StatementHead.utf8Mark)
      ? Array(bytes.dropFirst(StatementHead.utf8Mark.count)) : bytes
  }
}
