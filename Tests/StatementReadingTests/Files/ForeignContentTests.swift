import LedgerDomain
import StatementReading
import Testing

@Suite("A file that is no statement")
struct ForeignContentTests {
  private func message(_ bytes: [UInt8]) -> String? {
    let files = StatementReader.read(bytes, name: "a.xml")
    guard files.count == 1, files[0].format == nil, files[0].statements.isEmpty,
      files[0].findings.count == 1, files[0].findings[0].code == .statementMalformed
    else { return nil }
    return files[0].findings[0].message
  }

  private static let texts = [
    "%PDF-1.7\n%âãÏÓ": "a PDF document", "{\\rtf1": "a rich text document",
    "\n<!DOCTYPE HTML>\n<html>": "an HTML page", "<html><body>503</body></html>": "an HTML page",
    "-----BEGIN PGP MESSAGE-----\n\n": "signed or encrypted (PGP)",
    "-----BEGIN PKCS7-----\nMII": "signed or encrypted (PKCS#7)",
    "-----BEGIN CERTIFICATE-----\nMII": "a certificate or key (PEM)",
    "MIME-Version: 1.0\nContent-Type: application/pkcs7-mime\n\n": "signed or encrypted (S/MIME)",
    "Return-Path: <a@b.example>\n": "an e-mail", "{\n  \"error\": \"denied\"}": "JSON",
    "[ {\"a\": 1}]": "JSON", "BZh91AY": "compressed with bzip2", "GIF89a": "an image",
    "": "empty", "\u{FEFF}\r\n \n": "nothing but white space",
  ]

  @Test("is named for what it seems to be", arguments: texts.keys.sorted())
  func textsAreNamed(text: String) throws {
    let name = try #require(Self.texts[text])
    let verb = name.hasPrefix("nothing") ? "has" : "is"
    let found = message(Array(text.utf8))
    #expect(found?.hasPrefix("a.xml \(verb) \(name)") == true, "\(found ?? "nil")")
  }

  private static let binaries: [([UInt8], String)] = [
    ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], "an image"),
    ([0xFF, 0xD8, 0xFF, 0xE0, 0], "an image"),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an old Excel, Word or Outlook file"),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive"),
    ([0x30, 0x82, 0x10, 0x00, 0x06, 0x09] + cms, "signed or encrypted (PKCS#7)"),
    ([0x30, 0x80, 0x06, 0x09] + cms, "signed or encrypted (PKCS#7)"),
    ([0x85, 0x01, 0x0C, 0x03, 0x00, 0x01, 0x02, 0x04], "signed or encrypted (PGP)"),
    ([0xD2, 0xC0, 0x00, 0x01, 0x02, 0x04], "signed or encrypted (PGP)"),
    ([0xF0, 0xF1, 0x6B, 0xC2, 0xC1], "in EBCDIC"),
    ([0x01, 0x00, 0x02, 0x05], "binary data of an unknown kind"),
    ([UInt8](repeating: 0, count: 512), "binary data of an unknown kind"),
    ([UInt8](repeating: 0, count: 257) + Array("ustar".utf8), "a tar archive"),
  ]
  private static let cms: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x03]

  @Test("is named for its magic number, too", arguments: binaries.indices)
  func binariesAreNamed(index: Int) {
    let (bytes, name) = Self.binaries[index]
    let found = message(bytes)
    #expect(found?.hasPrefix("a.xml is \(name)") == true, "\(found ?? "nil")")
  }

  @Test("but text is told to be in no known format, with what to do")
  func unknownTextSaysWhatToDo() {
    let found = message(Array("Datum;Betrag\n01.03.2026;1,00\n".utf8))
    #expect(found?.contains("is in no format that Tieout knows") == true)
    #expect(found?.contains("csv_… settings") == true)
  }

  @Test("a statement is told by its content, whatever its name, marks and white space")
  func contentDecides() {
    for start in ["", "\u{FEFF}", "\n", "\u{FEFF}\r\n"] {
      let text = SampleDocument.with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", start)
      let files = StatementReader.read(Array(text.utf8), name: "statement.csv")
      #expect(files.map(\.format) == [.camt053])
      #expect(files[0].statements.map(\.closing.amountMinor) == [1200])
    }
  }
}
