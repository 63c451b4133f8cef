/// What a file is that is no statement, told by its first bytes.
struct ForeignContent: Hashable {
  /// What it is, as in “is a PDF document”.
  let description: String
  /// What to do about it.
  let remedy: String
  /// Whether it is for people to read, as banks put beside a statement in an archive.
  var isForPeople = false

  /// The fault of the whole file.
  var fault: StatementFault { StatementFault("is \(description). \(remedy)") }

  private static let ask = "Ask the bank for camt.053, MT940, BAI2, OFX or CSV."
  private static let unpack = "Unpack it, or have the gateway deliver .zip or .gz."
  private static let decrypt = "Have the gateway decrypt or unwrap it before it is put here."
  private static let pemBytesMax = 200

  private init(_ description: String, _ remedy: String, isForPeople: Bool = false) {
    self.description = description
    self.remedy = remedy
    self.isForPeople = isForPeople
  }

  /// What the content is; `nil` if it may be a statement.
  static func of(_ head: ArraySlice<UInt8>) -> ForeignContent? {
    if let (_, content) = magics.first(where: { head.starts(with: $0.0) }) { return content }
    if head.dropFirst(257).starts(with: "ustar".utf8) {
      return ForeignContent("a tar archive", unpack)
    }
    if head.dropFirst(8).starts(with: "WEBP".utf8) && head.starts(with: "RIFF".utf8) {
      return image
    }
    if isCMS(head) { return ForeignContent("signed or encrypted (PKCS#7)", decrypt) }
    guard StatementHead.isBinary(head) else { return ofText(head) }
    return isPGP(head)
      ? pgp : ForeignContent("binary data of an unknown kind", "Find out what the bank sent.")
  }

  private static let image = ForeignContent("an image", ask, isForPeople: true)
  private static let pgp = ForeignContent("signed or encrypted (PGP)", decrypt)

  private static let magics: [([UInt8], ForeignContent)] = [
    (Array("%PDF-".utf8), ForeignContent("a PDF document", ask, isForPeople: true)),
    ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], image),
    ([0xFF, 0xD8, 0xFF], image), (Array("GIF87a".utf8), image), (Array("GIF89a".utf8), image),
    ([0x49, 0x49, 0x2A, 0x00], image), ([0x4D, 0x4D, 0x00, 0x2A], image),
    (
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
      ForeignContent("an old Excel, Word or Outlook file", ask)
    ),
    (Array("{\\rtf".utf8), ForeignContent("a rich text document", ask, isForPeople: true)),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], ForeignContent("a 7z archive", unpack)),
    (Array("Rar!\u{1A}\u{07}".utf8), ForeignContent("a RAR archive", unpack)),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], ForeignContent("compressed with xz", unpack)),
    (Array("BZh".utf8), ForeignContent("compressed with bzip2", unpack)),
    ([0x28, 0xB5, 0x2F, 0xFD], ForeignContent("compressed with zstd", unpack)),
    ([0x04, 0x22, 0x4D, 0x18], ForeignContent("compressed with lz4", unpack)),
    ([0x1F, 0x9D], ForeignContent("compressed with compress", unpack)),
    (Array("SQLite format 3\0".utf8), ForeignContent("an SQLite database", ask)),
    ([0x7F, 0x45, 0x4C, 0x46], ForeignContent("a program", ask)),
    ([0xF0, 0xF1, 0x6B], ForeignContent("in EBCDIC", "Have the gateway convert it to ASCII.")),
  ]

  /// Whether it is DER or BER of CMS: a sequence that begins with an identifier 1.2.840.113549.1.7.x.
  ///
  /// Source: RFC 5652, section 3; RFC 2315, section 14.
  private static func isCMS(_ head: ArraySlice<UInt8>) -> Bool {
    guard head.first == 0x30, let length = head.dropFirst().first else { return false }
    let lengthBytes = length > 0x80 ? Int(length & 0x7F) : 0
    return head.dropFirst(2 + lengthBytes)
      .starts(with: [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07])
  }

  /// Whether binary data begins with a packet of an encrypted or signed message, in the old or the new
  /// form.
  ///
  /// Source: RFC 9580, sections 4.2 and 5.
  private static func isPGP(_ head: ArraySlice<UInt8>) -> Bool {
    guard let tag = head.first, tag & 0x80 != 0 else { return false }
    return [1, 2, 3, 4, 8, 9, 18].contains(tag & 0x40 == 0 ? tag >> 2 & 0x0F : tag & 0x3F)
  }

  private static func ofText(_ head: ArraySlice<UInt8>) -> ForeignContent? {
    let text = String(decoding: StatementHead.text(head).prefix(1024), as: UTF8.self).lowercased()
    if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") {
      return ForeignContent(
        "an HTML page, perhaps an error of the bank's server",
        "Read it in a browser, then fetch the statement again.", isForPeople: true)
    }
    if text.hasPrefix("-----begin pgp") { return pgp }
    let first = text.prefix(pemBytesMax)
    if first.hasPrefix("-----begin ") {
      return ForeignContent(
        first.contains("pkcs7") || first.contains("cms")
          ? "signed or encrypted (PKCS#7)" : "a certificate or key (PEM)", decrypt)
    }
    let isMail = ["mime-version:", "content-type:", "received: from", "return-path:"]
    if isMail.contains(where: first.hasPrefix) {
      return ForeignContent(
        text.contains("pkcs7") ? "signed or encrypted (S/MIME)" : "an e-mail",
        "Save what is attached to it.")
    }
    let compact = text.prefix(pemBytesMax).filter { !$0.isWhitespace }
    return compact.hasPrefix("{\"") || compact.hasPrefix("[{") ? ForeignContent("JSON", ask) : nil
  }
}
