import Foundation
import LedgerDomain
import StatementReading
import Testing

@Suite("The text of a table")
struct CSVTextTests {
  private static let text = "Date;Betrag für Müller €;Balance\n2026-03-31;1.00;2.00\n"

  private func read(
    _ bytes: [UInt8], _ encoding: StatementEncoding, column: String = "Betrag für Müller €"
  ) -> StatementFile {
    CSVSample.read(bytes) {
      $0.amount = .signed(column)
      $0.encoding = encoding
    }
  }

  @Test("may be in each encoding that a setting names")
  func encodingsAreRead() throws {
    let ns = Self.text as NSString
    for (encoding, name) in [
      (StatementEncoding.utf8, String.Encoding.utf8), (.windows1252, .windowsCP1252),
      (.windows1250, .windowsCP1250), (.utf16LittleEndian, .utf16LittleEndian),
      (.utf16BigEndian, .utf16BigEndian), (.utf16, .utf16),
    ] {
      let bytes = Array(try #require(ns.data(using: name.rawValue)))
      #expect(read(bytes, encoding).statements.count == 1, "\(encoding)")
    }
    let latin9 = Self.text.unicodeScalars.map { scalar -> UInt8 in
      scalar == "€" ? 0xA4 : UInt8(truncatingIfNeeded: scalar.value)
    }
    #expect(read(latin9, .latin9).statements.count == 1)
    #expect(read(latin9, .latin1, column: "Betrag für Müller ¤").statements.count == 1)
    let latin2 = Array("Date;Kwota ".utf8) + [0xB1] + Array(";Balance\n2026-03-31;1.00;2.00\n".utf8)
    #expect(read(latin2, .latin2, column: "Kwota ą").statements.count == 1)
  }

  @Test("has a byte order mark that counts for more than the setting")
  func marksCount() {
    let utf8: [UInt8] = [0xEF, 0xBB, 0xBF] + Array(Self.text.utf8)
    let units = Self.text.utf16.map { (high: UInt8($0 >> 8), low: UInt8($0 & 0xFF)) }
    let utf16: [UInt8] = [0xFF, 0xFE] + units.flatMap { [$0.low, $0.high] }
    let big: [UInt8] = [0xFE, 0xFF] + units.flatMap { [$0.high, $0.low] }
    for encoding in StatementEncoding.allCases {
      for bytes in [utf8, utf16, big] { #expect(read(bytes, encoding).statements.count == 1) }
    }
  }

  @Test("that is not valid in its encoding is a fault with line and byte")
  func invalidBytesAreFaults() {
    let head = Array("Date;Amount;Balance\n2026-03-31;1.00;2.00\n".utf8)
    func message(_ more: [UInt8], _ encoding: StatementEncoding) -> String {
      CSVSample.message(
        CSVSample.read(head + more) { $0.encoding = encoding })
    }
    for bytes: [UInt8] in [
      [0xE4], [0x80], [0xC3], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF8], [0xE2, 0x82], [0xFF],
    ] {
      let found = message(bytes, .utf8)
      #expect(
        found.contains("bank.csv, line 3 is not UTF-8 at byte 41. Set csv_encoding"), "\(found)")
    }
    #expect(message([0x61, 0x80], .latin1).contains("line 3 has the byte 0x80 at byte 42"))
    #expect(message([0x81], .windows1252).contains("no character of windows-1252"))
    #expect(message([0], .utf8).contains("line 3 has a NUL character at byte 41"))
    #expect(message([0], .windows1250).contains("has a NUL character"))
    #expect(
      message([], .utf16).contains("has no byte order mark, which csv_encoding: utf-16 needs"))
    #expect(message([], .utf16LittleEndian).contains("is not valid UTF-16 at byte 40"))
    let umlauts = CSVSample.message(read(Array(Self.text.utf8), .latin1))
    #expect(umlauts.contains("The file is UTF-8: remove csv_encoding"), "\(umlauts)")
    #expect(
      CSVSample.message(read(Array(Self.text.utf8), .windows1250)).contains("set csv_encoding"))
  }

  @Test(
    "may have any delimiter and line end",
    arguments: [",", ";", "\t", "|"], ["\n", "\r\n", "\r"])
  func delimitersAreFound(delimiter: String, end: String) {
    let text = ["Made, by; a\tbank|", "Date,Amount,Balance", "", "2026-03-31,1.00,2.00"]
      .enumerated().map { $0 == 0 ? $1 : $1.replacing(",", with: delimiter) }
    for tail in ["", end] {
      let file = CSVSample.read(text.joined(separator: end) + tail)
      #expect(file.statements.first?.closing.amountMinor == 200, "\(file.findings)")
    }
  }

  @Test(
    "may have cells in quotes, with all that they may contain",
    arguments: [
      ("\"a;b\"", "a;b"), ("\"a\nb\"", "a b"), ("\"a\r\n b\"", "a b"),
      ("\"say \"\"a\"\"\"", "say \"a\""),
      ("5\" pipe", "5\" pipe"), ("\"a \"b\" c\"", "a \"b\" c"), (" \"a\" ", "a"),
      ("=\"007\"", "007"),
      ("\"\"", nil), ("  a   b ", "a b"), ("a\u{A0}b", "a b"), ("\"\"\"\"", "\""),
    ] as [(String, String?)])
  func quotedCellsAreRead(cell: String, text: String?) {
    let file = CSVSample.read("Date;Text;Amount;Balance\n2026-03-31;\(cell);1.00;2.00\n") {
      $0.textColumns = ["Text"]
    }
    #expect(file.statements.first?.entries.first?.text == text, "\(file.findings)")
  }

  @Test("may have no quote that hides a row")
  func quotesHideNoRow() {
    for cell in ["\"a", "\"a \"\"", "\"a\nb\"c"] {
      let file = CSVSample.read(
        "Date;Text;Amount;Balance\n2026-03-31;\(cell);1.00;2.00\n2026-03-31;\"b\";1.00;3.00\n")
      #expect(file.statements.isEmpty, "\(cell)")
    }
  }

  @Test("has columns by number, with a header or without")
  func columnsMayBeNumbers() {
    for (text, change) in [
      ("2026-03-31;x;1.00;2.00\n2026-03-31;x;2.00;4.00\n", { _ in }),
      ("Date;Text;Amount;Balance\n2026-03-31;x;1.00;2.00\n2026-03-31;x;2.00;4.00\n", { _ in }),
      (
        "Date;Amount;Amount;Balance\n2026-03-31;x;1.00;2.00\n2026-03-31;x;2.00;4.00\n",
        { $0.dateColumn = "date" }
      ),
    ] as [(String, (inout StatementCSVMapping) -> Void)] {
      let file = CSVSample.read(text) {
        $0.dateColumn = "#1"
        $0.amount = .signed("#3")
        $0.balances = .column("#4")
        change(&$0)
      }
      #expect(file.statements.first?.entries.map(\.amountMinor) == [100, 200], "\(file.findings)")
      #expect(file.statements.first?.closing.amountMinor == 400)
    }
    let beyond = CSVSample.read("Date;Amount;Balance\n2026-03-31;1.00;2.00\n") {
      $0.amount = .signed("#9")
    }
    #expect(beyond.statements.isEmpty && beyond.findings.count == 1)
  }

  @Test("has references of each kind, each once")
  func referencesAreTyped() {
    let file = CSVSample.read(
      "Date;A;B;C;D;Amount;Balance\n2026-03-31;R "
        + "1;'0012;r1;0000;1.00;2.00\n2026-03-31;NOTPROVIDED;-;;77;1.00;3.00\n"
    ) {
      $0.references = [
        .init("A", .accountServicer), .init("B", .endToEnd), .init("C", .customer),
        .init("D", .cheque),
      ]
    }
    #expect(
      file.statements.first?.entries.map(\.references) == [
        [BankReference(.accountServicer, "R 1"), BankReference(.endToEnd, "0012")],
        [BankReference(.cheque, "77")],
      ])
  }

  @Test("can be looked at, row by row, as it is understood")
  func previewShowsRows() {
    let text =
      "Date;Amount;Balance;Ref\n2026-03-31;-1.00;2.00;R1\n2026-03-31;x9;2.00;\n2026-03-31;4.00;6.00;\n"
      + "note\n31.03.2026;1.00;7.00;\n"
    var mapping = CSVSample.mapping
    mapping.references = [.init("Ref", .endToEnd)]
    let preview = TablePreview(Array(text.utf8), name: "bank.csv", mapping: mapping, rowsMax: 1)
    #expect(preview.delimiter == ";" && preview.headerLine == 1)
    #expect(preview.rowCount == 2 && preview.rows.map(\.line) == [2])
    #expect(preview.rows.first?.amountMinor == -100 && preview.rows.first?.balanceMinor == 200)
    #expect(preview.rows.first?.references == [BankReference(.endToEnd, "R1")])
    #expect(preview.faults.count == 2 && preview.faultsLeftOut == 0)
    #expect(preview.faults.first?.hasPrefix("line 3 has 'x9' in 'Amount'") == true)
    #expect(preview.faults.last?.hasPrefix("line 6 has '31.03.2026' in 'Date'") == true)
    #expect(preview.notes.map(\.line) == [5] && preview.statements.isEmpty)
    let broken = TablePreview(
      Array("Date;Amount;Balance;Ref\n2026-03-31;1;2;\n2026-03-31;1;4;\n".utf8), name: "bank.csv",
      mapping: mapping)
    #expect(broken.rowCount == 2 && broken.faults.count == 1)
    #expect(broken.faults.first?.contains("lead to 3.00") == true, "\(broken.faults)")
  }
}
