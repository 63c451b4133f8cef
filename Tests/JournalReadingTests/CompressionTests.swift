import LedgerDomain
import ReadingTestSupport
import Testing

@testable import JournalReading

@Suite("Compression is told by content")
struct CompressionTests {
  private let folder: ScratchFolder
  private let bytes = Sample.part(3)

  init() throws { folder = try ScratchFolder() }

  @Test("of a gzip part, whatever its name", arguments: ["a.ndjson", "a.ndjson.gz", "A.NDJSON.GZ"])
  func gzipUnderAnyName(name: String) throws {
    let plain = try folder.read(bytes, as: "plain.ndjson")
    let gzip = try Gzip.member(bytes)
    let read = try folder.read(gzip, as: name)
    #expect(read.records == plain.records)
    #expect(read.records.compactMap(\.reading.entry).count == 3)
    #expect(read.receipt.bytes == gzip.count)
    #expect(try read.receipt.sha256 == folder.part(gzip, name: name).sha256())
    #expect(try folder.readingError(gzip.dropLast(), as: name)?.code == .truncatedGzip)
    #expect(try folder.readingError(gzip + [0], as: name)?.code == .trailingData)
  }

  @Test(
    "of a plain part, whatever its name", arguments: ["a.ndjson", "a.ndjson.gz", "A.NDJSON.GZ"])
  func textUnderAnyName(name: String) throws {
    let read = try folder.read(bytes, as: name)
    #expect(read.records.compactMap(\.reading.entry?.id) == (1...3).map(Sample.id))
    #expect(read.receipt.bytes == bytes.count)
    #expect(read.receipt.recordBytes == bytes.count)
    let long = Sample.record(4, description: String(repeating: "\u{20AC}", count: 600))
    #expect(try folder.read(long, as: name).records.compactMap(\.reading.entry).count == 1)
  }

  @Test("of an empty part by its name alone: gzip has at least a header")
  func emptyPart() throws {
    #expect(try folder.read([], as: "a.ndjson").records == [])
    for name in ["a.ndjson.gz", "A.NDJSON.GZ"] {
      let error = try folder.readingError([], as: name)
      #expect(error?.code == .truncatedGzip)
      #expect(error?.byteOffset == 0)
    }
  }

  @Test("of a part that is cut off within the magic number")
  func cutMagicNumber() throws {
    #expect(try folder.readingError([0x1F], as: "a.ndjson.gz")?.code == .truncatedGzip)
    #expect(try folder.readingError([0x1F], as: "a.ndjson")?.code == .notText)
    #expect(try folder.readingError([0x1F, 0x8B], as: "a.ndjson")?.code == .truncatedGzip)
  }

  @Test("without changing what is read around the bytes that were looked at", arguments: -2...2)
  func partsAroundTheSample(excess: Int) throws {
    let count = ContentSample.bytesMax + excess
    let rest = count - Sample.record(1, description: "").count
    let record = Sample.record(1, description: String(repeating: "x", count: max(0, rest)))
    let content = rest > 0 ? record : Array(record.prefix(count))
    #expect(content.count == count)
    let read = try folder.read(content + [0x0A] + Sample.record(2), as: "a.ndjson")
    #expect(read.records.count == 2)
    #expect(read.records.last?.position.byteOffset == count + 1)
    #expect(read.receipt.bytes == count + 1 + Sample.record(2).count)
    #expect(
      try read.receipt.sha256 == ExportPart(name: "a.ndjson", directory: folder.path).sha256())
    #expect(try folder.read(content, as: "a.ndjson").receipt.bytes == count)
  }

  @Test("of a table and a manifest too")
  func tables() throws {
    let text = Array("a,b\n1,2\n".utf8)
    for content in [text, try Gzip.member(text)] {
      for name in ["table.csv", "table.csv.gz", "TABLE.CSV.GZ"] {
        let path = try folder.write(content, to: name)
        #expect(try TextTable.read(at: path, required: ["a"]).rows.map(\.cells) == [["1"]])
      }
    }
    for mark in [[], ByteOrderMark.utf8] {
      let manifest = mark + Array("{\"entry_count\":3}".utf8)
      for content in [manifest, try Gzip.member(manifest)] {
        let path = try folder.write(content, to: "manifest.json")
        let read = try Manifest.read(at: path, tenant: Sample.tenant, date: Sample.date)
        #expect(read.totals.entryCount == 3)
      }
      let path = try folder.write(mark + Array("{1}".utf8), to: "manifest.json")
      let error = #expect(throws: ReadingError.self) {
        try Manifest.read(at: path, tenant: Sample.tenant, date: Sample.date)
      }
      #expect(error?.byteOffset == mark.count + 1, "in the file")
    }
  }
}
