import Foundation
import StatementReading
import Testing

@Suite("A malformed statement")
struct MalformedStatementTests {
  /// A piece of the document, what stands in its place, and what the finding must say.
  private static let replacements: [(piece: String, replacement: String, message: String)] = [
    ("camt.053.001.02", "camt.053.001.01", "has the namespace"),
    ("camt.053.001.02", "camt.052.001.02", "has the namespace"),
    ("BkToCstmrStmt", "FIToFICstmrCdtTrf", "contains no camt.053, camt.052 or camt.054 document"),
    ("CLBD", "CLAV", "statement 1 has no closing balance (CLBD)"),
    ("OPBD", "CLBD", "two different CLBD balances"),
    ("<IBAN>DE02120300000000202051</IBAN>", "", "names no account"),
    ("<Ccy>EUR</Ccy>", "<Ccy>USD</Ccy>", "is for an account in USD"),
    ("Ccy=\"EUR\">2.00", "Ccy=\"USD\">2.00", "entry 1 of statement 1 is in USD"),
    ("Ccy=\"EUR\">2.00", "Ccy=\"EUX\">2.00", "not in ISO 4217"),
    (" Ccy=\"EUR\">2.00", ">2.00", "not in ISO 4217"),
    (">2.00</Amt>", ">2.001</Amt>", "not an amount of EUR"),
    (">2.00</Amt>", ">2,00</Amt>", "not an amount"),
    (">2.00</Amt>", ">-2.00</Amt>", "not an amount"),
    (">2.00</Amt>", ">1e2</Amt>", "not an amount"),
    (">2.00</Amt>", ">2.0.0</Amt>", "not an amount"), (">2.00</Amt>", ">.</Amt>", "not an amount"),
    (">2.00</Amt>", ">٢</Amt>", "not an amount"),
    (">2.00</Amt>", ">92233720368547758.08</Amt>", "not an amount"),
    (">2.00</Amt>", "></Amt>", "entry 1 of statement 1 has no Amt"),
    (
      ">2.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>", ">1.00</Amt>",
      "entry 1 of statement 1 has no direction"
    ),
    (">2.00</Amt><CdtDbtInd>CRDT", ">2.00</Amt><CdtDbtInd>CR", "neither CRDT nor DBIT"),
    ("CRDT</CdtDbtInd><Sts>BOOK</Sts>", "DBIT</CdtDbtInd>", "has no status"),
    ("CRDT</CdtDbtInd><Sts>BOOK", "DBIT</CdtDbtInd><Sts>DONE", "that is not BOOK, PDNG"),
    (
      "CRDT</CdtDbtInd><Sts>BOOK</Sts>", "DBIT</CdtDbtInd><Sts><Prtry>BOOK</Prtry></Sts>",
      "that is not BOOK, PDNG"
    ), ("<Sts>", "<Sts>BOOK</Sts><Sts>", "repeats Sts"),
    ("<Sts>", "<RvslInd>yes</RvslInd><Sts>", "neither true nor false"),
    ("<Sts>", "<Amt Ccy=\"EUR\">2.00</Amt><Sts>", "repeats Amt"),
    ("<BookgDt><Dt>2026-03-31", "<BookgDt><Dt>2026-02-30", "which is not a date"),
    ("<BookgDt><Dt>2026-03-31", "<BookgDt><Dt>2026-03-31T10:00:00", "which is not a date"),
    ("<Dt><Dt>2026-03-31</Dt></Dt>", "", "has no date"),
    ("<Stmt>", "<St>", "is truncated or not well-formed"), ("Ä-1", "&auml;", "not well-formed"),
    ("Ä-1", "a & b", "not well-formed"),
    ("</Document>", "</Document><Document/>", "not well-formed"),
    ("</Document>", "</Document>x", "not well-formed"),
    ("</Document>", "</Document><!DOCTYPE a>", "not well-formed"),
    ("Ä-1", "\u{1}", "that XML does not allow"), ("Ä-1", "\u{0}", ""),
    ("Ä-1", "<?a?>", ", line 6, column 125 has a processing instruction"),
    ("<Document", "<?xml-stylesheet href=\"a\"?><Document", "has a processing instruction"),
    ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<?a?>", "has a processing instruction"),
    ("encoding=\"UTF-8\"", "encoding=\"ISO-8859-2\"", "line 1, column 1 declares the encoding"),
    ("encoding=\"UTF-8\"", "encoding='utf-16'", "declares the encoding UTF-16"),
  ]

  @Test("is a finding that names the error, and gives no statement")
  func malformedDocumentIsAFinding() {
    for (piece, replacement, message) in Self.replacements {
      let found = SampleDocument.fault(SampleDocument.with(piece, replacement))
      #expect(
        found.map { $0.contains(message) || message.isEmpty } == true,
        "\(piece) → \(replacement): \(found ?? "no finding")")
    }
  }

  @Test("is named with line and column")
  func findingNamesLineAndColumn() {
    let fault = SampleDocument.fault(SampleDocument.with(">2.00</Amt>", ">x</Amt>"))
    #expect(fault?.hasPrefix("bank.xml, line 6, column ") == true, "\(fault ?? "")")
    #expect(
      fault?.hasSuffix(
        "Ask the bank to deliver it again. Statement 1 of the file was ignored.") == true)
  }

  @Test("truncated at any byte gives no statement")
  func truncatedDocumentGivesNoStatement() {
    let bytes = Array(SampleDocument.text.utf8)
    #expect(SampleDocument.read(bytes).statements.count == 1)
    for count in bytes.indices {
      #expect(SampleDocument.fault(Array(bytes[..<count])) != nil, "\(count) bytes")
    }
  }

  @Test("with any byte flipped never crashes")
  func flippedBytesNeverCrash() {
    let bytes = Array(SampleDocument.text.utf8)
    for position in bytes.indices {
      for mask: UInt8 in [0x01, 0x20, 0x80] {
        var changed = bytes
        changed[position] ^= mask
        let file = SampleDocument.read(changed)
        #expect(file.statements.isEmpty != file.findings.isEmpty, "byte \(position)")
      }
    }
  }

  @Test("that is not XML, or in another encoding, is refused")
  func otherFormatsAndEncodingsAreRefused() throws {
    for text in [
      "", " \n", "{}", ":20:STMT", "<", "<!", "<!-", "<!--", "<?xml", "<?xml ?>", "<a", "<a/>",
      "<?a?><b/>",
      "\n<?xml version=\"1.0\"?><a/>",
    ] {
      #expect(SampleDocument.fault(text) != nil, "\(text)")
    }
    for encoding: String.Encoding in [.utf16, .utf16LittleEndian, .utf16BigEndian, .utf32] {
      let bytes = Array(try #require(SampleDocument.text.data(using: encoding)))
      #expect(SampleDocument.fault(bytes)?.contains("is UTF-16 or UTF-32") == true)
    }
    for invalid: [UInt8] in [[0xE4], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80]] {
      var bytes = Array(SampleDocument.text.utf8)
      let place = try #require(bytes.firstIndex(of: 0xC3))
      bytes.replaceSubrange(place...(place + 1), with: invalid)
      #expect(SampleDocument.fault(bytes)?.contains("not UTF-8") == true, "\(invalid)")
    }
  }
}
