import ReadingTestSupport
import Testing

@testable import JournalReading

@Suite("Empty lines")
struct EmptyLineTests {
  private static let record = Array("{\"a\":1}".utf8)
  /// Ends of a part that are no records, with and without the last line feed.
  static let ends = ["", "\n", "\n\n", "\n\r\n", "\n\n\r\n\r\n\n", "\n\r", "\n\n\n\r\n\r"]

  @Test("at the end of a part are no records, cut anywhere", arguments: ends)
  func linesAtTheEndAreNoRecords(end: String) {
    let bytes = Self.record + Array(end.utf8)
    let expected = [SplitRecord(1, at: 0, Self.record, reading: Reading(decoding: Self.record))]
    var reader = SplitReader()
    for first in 0...bytes.count {
      for second in first...bytes.count {
        let records = reader.records(of: bytes, cutAt: [first, second])
        #expect(records == expected, "cut at \(first) and \(second)")
      }
    }
  }

  @Test("between records are malformed records with their own numbers and offsets, cut anywhere")
  func linesBetweenRecordsAreRecords() {
    let lines: [[UInt8]] = [[], [0x0D], [0x0D], [], [], Self.record, [0x0D], [], Self.record]
    let bytes = Array(lines.joined(separator: [0x0A])) + Array("\n\n\r\n".utf8)
    var offset = 0
    let expected = lines.enumerated().map { index, line in
      defer { offset += line.count + 1 }
      return SplitRecord(index + 1, at: offset, line, reading: Reading(decoding: line))
    }
    #expect(expected[1].reading?.fault?.reason == "the line is empty")
    var reader = SplitReader()
    for first in 0...bytes.count {
      for second in first...bytes.count {
        let records = reader.records(of: bytes, cutAt: [first, second])
        #expect(records == expected, "cut at \(first) and \(second)")
      }
    }
  }

  @Test("before a record past the limit keep their places")
  func linesBeforeALongRecord() {
    let bytes = Array("\n\n".utf8) + [UInt8](repeating: 0x78, count: 300) + Array("\n1\n".utf8)
    var reader = SplitReader(recordBytesMax: 256)
    for cut in 0...bytes.count {
      let records = reader.records(of: bytes, cutAt: [cut])
      #expect(records.map(\.position.record) == [1, 2, 3, 4])
      #expect(records.map(\.position.byteOffset) == [0, 1, 2, 303])
      #expect(records[2].reading == .tooLong(bytes: 300))
    }
  }

  @Test("with blanks in them are records: somebody wrote them")
  func blankLinesAreRecords() throws {
    let read = try ScratchFolder().read(Sample.part(1) + Array("  \n".utf8), as: "a.ndjson")
    #expect(read.records.map(\.reading.fault?.reason) == [nil, "the line is empty"])
  }

  @Test("in any number take no memory, and end after a part that is all of them")
  func millionsOfLines() throws {
    let end = [UInt8](repeating: 0x0A, count: 2 << 20)
    let folder = try ScratchFolder()
    let read = try folder.read(Gzip.member(Sample.part(2) + end, level: 1), as: "a.ndjson.gz")
    #expect(read.records.count == 2)
    #expect(read.receipt.records == 2)
    #expect(read.receipt.recordBytes == Sample.part(2).count + end.count)
    #expect(try folder.read(end, as: "b.ndjson").records == [])
  }

  @Test("of two kinds by turns are records from the 10,000th turn on: what is kept is bounded")
  func alternatingLines() throws {
    let turn = Array("\n\r\n".utf8)
    let few = Sample.part(1) + Array(repeatElement(turn, count: 5_000).joined())
    let folder = try ScratchFolder()
    #expect(try folder.read(few, as: "a.ndjson").records.count == 1)
    let read = try folder.read(few + turn + Sample.record(2) + turn, as: "a.ndjson")
    let lines = read.records.dropFirst().dropLast()
    #expect(lines.count == 10_002)
    #expect(lines.allSatisfy { $0.reading.fault?.reason == "the line is empty" })
    #expect(read.records.map(\.position.record) == Array(1...10_004))
    #expect(read.records.last?.position.byteOffset == few.count + turn.count)
    #expect(read.records.last?.reading.entry?.id == Sample.id(2))
    let hostile = Sample.part(1) + Array(repeatElement(turn, count: 6_000).joined())
    #expect(try folder.read(hostile, as: "a.ndjson").records.count == 1 + 10_001)
  }
}
