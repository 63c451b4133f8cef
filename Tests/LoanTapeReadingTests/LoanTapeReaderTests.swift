import JournalReading
import LedgerDomain
import LoanTapeReading
import ReadingTestSupport
import Testing

/// Keeps what a tape's reader hands on, as text.
private final class TapeRows: LoanTapeSink {
  var rows: [String] = []
  var rejected: [String] = []

  func accept(_ principal: LoanPrincipal, line: Int) {
    let loan = String("\(principal.key.loan)".suffix(2))
    rows.append("\(line): \(loan) \(principal.key.currency) \(principal.principalMinor)")
  }

  func reject(line: Int, reason: String) { rejected.append("\(line) \(reason)") }
}

@Suite("A loan tape")
struct LoanTapeReaderTests {
  private static let header = "loan_id,currency,principal_outstanding_minor\n"

  private static func loan(_ number: Int) -> String {
    "10a00000-0000-4000-8000-0000000000" + (number < 10 ? "0" : "") + "\(number)"
  }

  private func tape(_ folder: ScratchFolder, _ tenant: String, _ name: String) throws {
    try folder.directory("tenant_id=\(tenant)/date=2026-01-05")
    try folder.write([], to: "tenant_id=\(tenant)/\(name)")
  }

  private func read(_ bytes: [UInt8], name: String = "date=2026-01-05.csv") throws -> TapeRows {
    let folder = try ScratchFolder()
    try folder.write(bytes, to: name)
    let rows = TapeRows()
    try LoanTapeReader.read(ExportPart(name: name, directory: folder.path), into: rows)
    return rows
  }

  private func read(_ text: String) throws -> TapeRows { try read(Array(text.utf8)) }

  private func message(_ bytes: [UInt8], name: String = "date=2026-01-05.csv") -> String {
    do {
      _ = try read(bytes, name: name)
      return "none"
    } catch {
      return (error as? ReadingError)?.message ?? "\(error)"
    }
  }

  @Test("has its columns found by name, in any order and among others, quoted or not")
  func columnsAreFoundByName() throws {
    let text = """
      \u{FEFF}note,principal_outstanding_minor,loan_id,currency\r
      plain,100,\(Self.loan(1)),USD\r

      "two, \"\"and\"\"
      lines",-5,"\(Self.loan(2).uppercased())","EUR"
      é,9223372036854775807,\(Self.loan(3)),JPY
      x,-9223372036854775808,\(Self.loan(4)),USD
      """
    let tape = try read(text)
    #expect(tape.rejected == [])
    #expect(
      tape.rows == [
        "2: 01 USD 100", "4: 02 EUR -5", "6: 03 JPY \(Int64.max)", "7: 04 USD \(Int64.min)",
      ])
  }

  @Test("has malformed rows rejected by line")
  func malformedRowsAreRejected() throws {
    let text =
      Self.header + """
        \(Self.loan(1)),USD,1.5
        \(Self.loan(1)),USD,+5
        \(Self.loan(1)),USD,
        \(Self.loan(1)),USD,9223372036854775808
        \(Self.loan(1)),usd,5
        \(Self.loan(1)),QQQ,5
        L-1001,USD,5
        \(Self.loan(1)),USD
        \(Self.loan(1)),USD,5,6
        \(Self.loan(1)),U"SD,5
        "\(Self.loan(1))"x,USD,5
        \(Self.loan(9)),USD,7

        """
    let tape = try read(text)
    #expect(tape.rows == ["13: 09 USD 7"])
    #expect(tape.rejected.count == 11)
    for (index, words) in [
      "'1.5', which is not an integer", "'+5'", "'', which is not an integer",
      "'9223372036854775808'",
      "'usd', which is not in ISO 4217", "'QQQ'", "'L-1001', which is not a UUID", "has 2 cells",
      "has 4 cells", "quote inside an unquoted cell", "text after a closing quote",
    ].enumerated() {
      #expect(tape.rejected[index].hasPrefix("\(index + 2) "))
      #expect(tape.rejected[index].contains(words))
    }
  }

  @Test("in another encoding is refused; rows in another encoding are rejected")
  func otherEncodingsAreRefused() throws {
    let utf16 = Array((Self.header + "x").utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(message([0xFF, 0xFE] + utf16).contains("UTF-8"))
    #expect(message(utf16).contains("no column loan_id"))
    let latin = Array("note,\(Self.header)".utf8) + [0xE9] + Array(",\(Self.loan(1)),USD,5\n".utf8)
    let tape = try read(latin)
    #expect(tape.rows == [])
    #expect(tape.rejected == ["2 is not UTF-8"])
  }

  @Test("that is not a tape is refused with a reason")
  func fileThatIsNotATapeIsRefused() throws {
    #expect(message([]).contains("is empty"))
    #expect(message(Array("\n\n".utf8)).contains("is empty"))
    #expect(message(Array("loan_id,currency\n".utf8)).contains("no column principal"))
    #expect(message(Array("loan_id,\(Self.header)".utf8)).contains("loan_id twice"))
    #expect(message(Array((Self.header + "\"open\n,USD,5\n").utf8)).contains("never closed"))
    let long = Array((Self.header + "\"" + String(repeating: "a\n", count: 60_000)).utf8)
    #expect(message(long).contains("never closed"))
    #expect(try read(Self.header).rows == [])
    #expect(message(Array("no gzip\u{0}".utf8), name: "tape.csv.gz").contains("no gzip header"))
    #expect(message([], name: "tape.csv.gz").contains("is truncated"))
  }

  @Test("compressed is read the same")
  func compressedTapeIsReadTheSame() throws {
    var text = Self.header
    for number in 0..<40_000 { text += "\(Self.loan(number % 90 + 1)),USD,\(number)\n" }
    let plain = try read(text)
    let bytes = try Gzip.member(Array(text.utf8))
    let packed = try read(bytes, name: "tape.csv.gz")
    #expect(plain.rows.count == 40_000)
    #expect(packed.rows == plain.rows)
    #expect(try read(bytes, name: "tape.csv").rows == plain.rows, "named as if it were not")
    #expect(try read(Array(text.utf8), name: "tape.csv.gz").rows == plain.rows, "only named so")
    #expect(message(Array(bytes.dropLast(20)), name: "tape.csv.gz").contains("is truncated"))
  }

  @Test("is found in the tenant's own directory, as one file or a directory, but not twice")
  func tapeIsFoundInTheTenantsDirectory() throws {
    let folder = try ScratchFolder()
    let date = try #require(BusinessDate("2026-01-05"))
    let text = "0f000000-0000-4000-8000-00000000000a"
    let tenant = try #require(TenantID(text))
    let layout = LoanTapeLayout(root: folder.path)
    #expect(try layout.files(of: date, tenant: tenant) == [])
    try tape(folder, "0f000000-0000-4000-8000-00000000000b", "date=2026-01-05.csv")
    #expect(try layout.files(of: date, tenant: tenant) == [])
    for name in ["b.CSV.gz", "a.csv", "_note.txt"] {
      try tape(folder, text, "date=2026-01-05/\(name)")
    }
    #expect(try layout.files(of: date, tenant: tenant).map(\.name) == ["a.csv", "b.CSV.gz"])
    try tape(folder, text, "date=2026-01-05/c.txt")
    #expect(throws: ReadingError.self) { try layout.files(of: date, tenant: tenant) }
    let next = date.advanced(by: 1)
    try tape(folder, text, "date=2026-01-06.csv.gz")
    #expect(try layout.files(of: next, tenant: tenant).map(\.name) == ["date=2026-01-06.csv.gz"])
    let third = date.advanced(by: 2)
    try tape(folder, text, "date=2026-01-07.CSV")
    #expect(try layout.files(of: third, tenant: tenant).map(\.name) == ["date=2026-01-07.CSV"])
    try tape(folder, text, "date=2026-01-06.csv")
    let error = #expect(throws: ReadingError.self) { try layout.files(of: next, tenant: tenant) }
    #expect(error?.message.contains("second loan tape") == true)
  }
}
