import LedgerDomain
import ReadingTestSupport
import Testing

@testable import JournalReading

@Suite("A byte order mark")
struct ByteOrderMarkTests {
  private static let mark = ByteOrderMark.utf8
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @Test("at the start of a part is skipped, and counts in offsets")
  func markAtTheStartIsSkipped() throws {
    let bytes = Sample.part(3)
    let plain = try folder.read(bytes, as: "a.ndjson")
    for content in [Self.mark + bytes, try Gzip.member(Self.mark + bytes)] {
      for name in ["a.ndjson", "a.ndjson.gz"] {
        let read = try folder.read(content, as: name)
        #expect(read.records.map(\.reading) == plain.records.map(\.reading))
        #expect(
          read.records.map(\.position.byteOffset)
            == plain.records.map { $0.position.byteOffset + Self.mark.count })
        #expect(read.records.map(\.position.record) == [1, 2, 3])
        #expect(read.receipt.hasByteOrderMark)
        #expect(read.receipt.recordBytes == Self.mark.count + bytes.count)
        #expect(read.receipt.bytes == content.count)
      }
    }
    #expect(!plain.receipt.hasByteOrderMark)
  }

  @Test("is all that a part may have", arguments: ["", "\n", "\r\n\n"])
  func markWithoutRecords(rest: String) throws {
    let read = try folder.read(Self.mark + Array(rest.utf8), as: "a.ndjson")
    #expect(read.records == [])
    #expect(read.receipt.hasByteOrderMark)
  }

  @Test("elsewhere is malformed JSON, and named")
  func markElsewhereIsMalformed() throws {
    let record = Sample.record(1)
    let records = [record, Self.mark + record, [0x20] + Self.mark + record, record + Self.mark]
    let bytes = Self.mark + Self.mark + Array(records.joined(separator: [0x0A]))
    let read = try folder.read(bytes, as: "a.ndjson")
    #expect(read.records.map(\.reading.fault?.code) == Array(repeating: .malformedJSON, count: 4))
    #expect(read.records.map(\.reading.fault?.offset) == [0, 0, 1, record.count])
    for record in read.records {
      #expect(record.reading.fault?.reason.contains("byte order mark") == true)
    }
    var decoder = EntryDecoder()
    let within = Sample.record(1, description: "a\u{FEFF}b")
    #expect(decoder.reading(of: within).entry != nil, "within a string it is text")
    #expect(decoder.reading(of: [0xEF, 0xBB] + record).fault?.reason == "expected a value")
  }

  @Test("is skipped by one in a part that begins in the middle of nothing: cut after each byte")
  func markCutAnywhere() throws {
    let bytes = Self.mark + Sample.part(1)
    for count in 1..<bytes.count {
      let read = try? folder.read(bytes.prefix(count), as: "a.ndjson")
      guard count >= Self.mark.count else {
        #expect(read?.receipt.hasByteOrderMark == false)
        continue
      }
      #expect(read?.receipt.hasByteOrderMark == true)
      #expect(read?.records.count == (count > Self.mark.count ? 1 : 0))
      #expect(read?.records.allSatisfy { $0.position.byteOffset == 3 } == true)
    }
  }
}
