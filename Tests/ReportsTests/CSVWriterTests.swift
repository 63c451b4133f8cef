import LedgerDomain
import TestSupport
import Testing

@testable import Reports

@Suite("CSV writer")
struct CSVWriterTests {
  /// A row that is filled cell by cell, after a head without columns.
  private func row(_ fill: (inout CSVWriter) -> Void) -> String {
    var table = CSVWriter(columns: [])
    fill(&table)
    table.endRow()
    return String(decoding: table.bytes.dropFirst(2), as: UTF8.self)
  }

  private func row(_ cells: [String?]) -> String {
    row { table in
      for cell in cells { table.text(cell) }
    }
  }

  /// The cells of one row, read byte by byte as RFC 4180 has it; `nil` if it is not one row.
  private func cells(_ row: String) -> [String]? {
    var (cells, cell) = ([String](), [UInt8]())
    var rest = Array(row.utf8)[...]
    while true {
      if rest.first == UInt8(ascii: "\"") {
        guard let content = takeQuoted(&rest) else { return nil }
        cell = content
      } else {
        cell = Array(rest.prefix { ![0x2C, 0x0D, 0x0A, 0x22].contains($0) })
        rest = rest.dropFirst(cell.count)
      }
      cells.append(String(decoding: cell, as: UTF8.self))
      if rest.elementsEqual([0x0D, 0x0A]) { return cells }
      guard rest.popFirst() == UInt8(ascii: ",") else { return nil }
    }
  }

  private func takeQuoted(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    var content: [UInt8] = []
    rest = rest.dropFirst()
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") {
        guard rest.first == byte else { return content }
        rest = rest.dropFirst()
      }
      content.append(byte)
    }
    return nil
  }

  private static let hostile = [
    "", "Loans", "a,b", "a\"b", "\"", "\"\"", "\",\"", "a\nb", "a\r\nb", "a;b", " a ", "é,ü",
    "日本,語", "a\"\u{301},=1", "\u{301}", "\u{301}\"", "\"\u{200D}\",=1+1", "a\u{301}\",b",
    "\u{FEFF}a", "'a", "a\u{0}b", "👩‍👩‍👧,\"👩‍👩‍👧", "a\"\u{FE0F}\"",
  ]

  private static let formulas = [
    "=1+1", "+1", "-1", "@SUM(A1)", "=\u{301}1", "\t=1", "\r=1", "\n=1", "\u{0}=1", " =1", "  +1",
    "\u{A0}@a", "\u{3000}-1", "=cmd|'/C calc'!A0", "=HYPERLINK(\"http://a\",\"b\")", "＝1", "＋1",
    "－1", "＠a", "\u{2003}＝1",
  ]

  @Test("writes cells that can be read back, whatever they contain", arguments: hostile)
  func hostileTextIsReadBack(text: String) {
    #expect(cells(row([text])) == [text])
    #expect(cells(row(["a", text, "b"])) == ["a", text, "b"])
    #expect(cells(row([text, text])) == [text, text])
  }

  @Test("puts an apostrophe before text that could be a formula", arguments: formulas)
  func formulasGetApostrophe(text: String) {
    #expect(cells(row(["a", text, text])) == ["a", "'" + text, "'" + text])
  }

  @Test("writes random text that can be read back cell by cell", arguments: 1...20)
  func randomTextIsReadBack(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    let alphabet = Array("ab,\"\r\n;'\t \u{301}\u{200D}é日=+-@").flatMap(\.unicodeScalars)
    for _ in 0..<40 {
      let texts = (0..<Int.random(in: 1...4, using: &numbers)).map { _ in
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...8, using: &numbers) {
          text.append(alphabet.randomElement(using: &numbers) ?? "a")
        }
        return String(text)
      }
      let found = cells(row(texts)) ?? []
      let isRight =
        found.count == texts.count
        && zip(found, texts).allSatisfy {
          $0.utf8.elementsEqual($1.utf8) || $0.utf8.elementsEqual(("'" + $1).utf8)
        }
      #expect(isRight, "seed \(seed): \(texts)")
    }
  }

  @Test("leaves plain and missing text as it is")
  func plainTextIsUnchanged() {
    #expect(row(["1100", nil, "a b", ""]) == "1100,,a b,\r\n")
    #expect(CSVWriter(columns: ["a", "b_c"]).bytes == Array("a,b_c\r\n".utf8))
  }

  @Test("writes numbers and amounts without protection, even negative ones")
  func numbersAreUnprotected() {
    let row = row { table in
      table.number(Int64.min)
      table.number(Int?.none)
      table.number(0)
      table.decimal(-5, digits: 2)
      table.decimal(nil, digits: 2)
      table.decimal(7, digits: nil)
      table.code("SETTLED")
    }
    #expect(row == "-9223372036854775808,,0,-0.05,,,SETTLED\r\n")
  }

  @Test("writes amounts with the same decimals as AmountText", arguments: 0...4)
  func amountsMatchAmountText(digits: Int) {
    var numbers = SeededNumbers(seed: UInt64(digits))
    var amounts: [Int64] = [0, 1, -1, 9, 10, 99, -100, 12_345, .max, .min]
    amounts += (0..<200).map { _ in
      Int64(bitPattern: numbers.next()) >> Int64.random(in: 0...63, using: &numbers)
    }
    for amountMinor in amounts {
      let text = AmountText.decimal(amountMinor, digits: digits)
      #expect(row { $0.decimal(amountMinor, digits: digits) } == text + "\r\n")
    }
  }
}
