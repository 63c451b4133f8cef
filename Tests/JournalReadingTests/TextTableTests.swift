import ReadingTestSupport
import Testing

@testable import JournalReading

@Suite("Text table")
struct TextTableTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func read(
    _ text: some Sequence<UInt8>, required: [String] = ["a", "b"], optional: [String] = []
  ) throws -> TextTable {
    try TextTable.read(
      at: folder.write(text, to: "table.csv"), required: required, optional: optional)
  }

  /// The message of the error that reading the text gives.
  private func fault(_ text: some Sequence<UInt8>) throws -> String? {
    do {
      _ = try read(text)
      return nil
    } catch let error as ReadingError {
      #expect(error.code == .invalidTable)
      #expect(error.file == "\(folder.path)/table.csv")
      return error.message
    }
  }

  @Test(
    "has its cells read, whatever the line ends, quotes and byte order mark",
    arguments: [
      "a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\n1,2\n3,4", "a,b\r\n1,2\r\n3,4\r",
      "\u{FEFF}a,b\n1,2\n3,4\n", "\"a\",\"b\"\n\"1\",2\n3,\"4\"\n", "\n\na,b\n\n1,2\r\n\r\n3,4\n\n",
      "\u{FEFF}\"a\",b\r\n\"1\",\"2\"\r\n3,\"4\"",
    ])
  func equivalentTextsGiveTheSameCells(text: String) throws {
    let rows = try read(text.utf8).rows
    #expect(rows.map(\.cells) == [["1", "2"], ["3", "4"]])
  }

  @Test("finds columns by name, in any order, and ignores others")
  func columnsAreFoundByName() throws {
    let table = try read(
      "x,b,c,a\n9,2,3,1\n".utf8, required: ["a", "b"], optional: ["c", "d"])
    #expect(table.rows.map(\.cells) == [["1", "2", "3", nil]])
  }

  @Test("keeps quotes, commas, line ends and spaces within quotes, and empty cells")
  func quotedCellsKeepTheirContents() throws {
    let table = try read("a,b\n\"x, \"\"y\"\"\",\"1\r\n2\"\n, z \n\"\",\"\"\"\"\n".utf8)
    #expect(
      table.rows.map(\.cells) == [["x, \"y\"", "1\r\n2"], ["", " z "], ["", "\""]])
  }

  @Test("counts the lines of the file, blank ones and those within quotes too")
  func lineNumbersCountBlankAndQuotedLines() throws {
    let table = try read("a,b\n\n1,\"x\n\ny\"\n2,2\r\n\r\n3,3".utf8)
    #expect(table.rows.map(\.line) == [3, 6, 8])
    let fault = table.fault(table.rows[1], "is odd")
    #expect(fault.message == "line 6 is odd.")
  }

  @Test("may have a header alone")
  func headerAloneIsAnEmptyTable() throws {
    #expect(try read("a,b".utf8).rows.isEmpty)
    #expect(try read("a,b\r\n".utf8).rows.isEmpty)
  }

  @Test("names the line of an error")
  func errorsNameTheLine() throws {
    let faults = [
      ("", "line 1 is empty; its first line must be a,b"), ("\u{FEFF}", "line 1 is empty"),
      ("\n\r\n", "line 1 is empty"), ("a\n1\n", "line 1 has no column b"),
      ("A,b\n1,2\n", "line 1 has no column a"), (" a,b\n", "line 1 has no column a"),
      ("a;b\n1;2\n", "line 1 has no column a"), ("a,b,a\n", "line 1 has the column a twice"),
      ("a,b\n1,2\n1\n", "line 3 has 1 cells, but the header has 2"),
      ("a,b\n1,2,3\n", "line 2 has 3 cells, but the header has 2"),
      ("a,b\n1,\n\n1,2,\n", "line 4 has 3 cells"),
      ("a,b\n1,\"2\n3,4\n", "line 2 opens a quote that is never closed"),
      ("a,b\n1,\"", "line 2 opens a quote that is never closed"),
      ("a,b\n1,\"2\"x\n", "line 2 has text after a closing quote"),
      ("a,b\n1,\"2\" \n", "line 2 has text after a closing quote"),
      ("a,b\n1,2\"\n", "line 2 has a quote inside an unquoted cell"),
      ("a,b\n1, \"2\"\n", "line 2 has a quote inside an unquoted cell"),
      ("a,b\r1,2\r", "line 1 has a carriage return inside a cell"),
      ("a,b\n1\r,2\n", "line 2 has a carriage return inside a cell"),
    ]
    for (text, message) in faults {
      let found = try fault(text.utf8)
      #expect(found?.hasPrefix(message) == true, "\(text.debugDescription): \(found ?? "none")")
    }
  }

  @Test("must be UTF-8")
  func invalidUTF8IsRefused() throws {
    let latin1: [UInt8] = [0x61, 0x2C, 0x62, 0x0A, 0x4D, 0xE4, 0x2C, 0x31, 0x0A]
    #expect(try fault(latin1) == "line 2 is not UTF-8.")
    let utf16: [UInt8] = [0xFF, 0xFE, 0x61, 0x00, 0x2C, 0x00, 0x62, 0x00]
    #expect(try fault(utf16) == "line 1 is not UTF-8.")
  }

  @Test("may be compressed; a truncated one is refused")
  func compressedTableIsRead() throws {
    let gzip = try Gzip.member(Array("a,b\n1,2\n".utf8))
    let path = try folder.write(gzip, to: "table.csv.gz")
    #expect(try TextTable.read(at: path, required: ["a"]).rows.map(\.cells) == [["1"]])
    try folder.write(gzip.dropLast(), to: "table.csv.gz")
    let error = #expect(throws: ReadingError.self) {
      try TextTable.read(at: path, required: ["a"])
    }
    #expect(error?.code == .truncatedGzip)
  }

  @Test("must not outgrow the limit of a file held in memory")
  func tooLargeTableIsRefused() throws {
    let path = try folder.write(Array(repeating: UInt8(0x0A), count: 100_001), to: "table.csv")
    #expect(try InflatedFile.bytes(at: path, bytesMax: 100_001).count == 100_001)
    let error = #expect(throws: ReadingError.self) {
      try InflatedFile.bytes(at: path, bytesMax: 100_000)
    }
    #expect(error?.code == .inflatedTooLarge)
  }
}
