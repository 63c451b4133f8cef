import LedgerDomain

/// Reads OFX documents of version 1 (SGML) and 2 (XML): statements of bank accounts and credit cards.
///
/// OFX states one balance, so a statement has no opening one. Amounts have the account holder's sign.
///
/// Source: Open Financial Exchange 1.6 and 2.2, sections 2, 3 and 11.
enum OFXReader {
  private static let charsets: Set<String> = [
    "", "NONE", "1252", "CP1252", "WINDOWS-1252", "ISO-8859-1", "8859-1", "ISO8859-1", "UTF-8",
    "UTF8", "65001", "USASCII", "US-ASCII", "ASCII", "UNICODE", "UTF-16",
  ]

  /// Whether a file that begins with these bytes is one: by the header of version 1, the instruction of
  /// version 2, or its first element.
  static func recognizes(_ head: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(StatementHead.text(head))
    if starts(bytes[...], with: "OFXHEADER") { return true }
    guard bytes.first == UInt8(ascii: "<") else { return false }
    var rest = bytes[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[open...]
      if starts(rest, with: "<?OFX") || isOFXElement(rest) { return true }
      guard starts(rest, with: "<?") || starts(rest, with: "<!--"),
        let close = rest.firstIndex(of: UInt8(ascii: ">"))
      else { return false }
      rest = rest[(close + 1)...]
    }
    return false
  }

  private static func isOFXElement(_ text: ArraySlice<UInt8>) -> Bool {
    guard starts(text, with: "<OFX"), let end = text.dropFirst(4).first else { return false }
    return end == UInt8(ascii: ">") || end <= 0x20
  }

  private static func starts(_ text: ArraySlice<UInt8>, with name: String) -> Bool {
    text.prefix(name.utf8.count).elementsEqual(name.utf8) { byte, expected in
      byte == expected || byte & 0xDF == expected && byte >= UInt8(ascii: "a")
    }
  }

  /// The statements of a file.
  static func contents(of bytes: [UInt8], name: String) -> StatementContents {
    var parser = OFXParser(bytes, name: name)
    var contents = parser.parse()
    if let note = charsetNote(bytes.prefix(4096)) { contents.notes.insert(note, at: 0) }
    return contents
  }

  /// Says that the header names another encoding than those that are read.
  private static func charsetNote(_ head: ArraySlice<UInt8>) -> StatementNote? {
    let text = String(decoding: head, as: UTF8.self).uppercased()
    let start = text.firstRange(of: "<OFX")?.lowerBound ?? text.endIndex
    let header = text[..<start]
    let named = value(after: "CHARSET:", in: header) ?? value(after: "ENCODING=", in: header) ?? ""
    guard !charsets.contains(named) else { return nil }
    return StatementNote(
      "The header names the encoding \(named.prefix(20)); texts are read as UTF-8 or Windows-1252.",
      line: 1)
  }

  private static func value(after key: String, in header: Substring) -> String? {
    guard let place = header.firstRange(of: key) else { return nil }
    let rest = header[place.upperBound...].drop { $0 == "\"" || $0 == "'" || $0 == " " }
    return String(rest.prefix { !$0.isWhitespace && !"\"'?<:".contains($0) })
  }
}
