import Foundation
import LedgerDomain
import ReadingTestSupport
import Testing

@testable import JournalReading

@Suite("Part reader")
struct PartReaderTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @Test("reads many records over many blocks, plain and compressed alike")
  func manyRecords() throws {
    let count = 3500
    let bytes = Sample.part(count)
    #expect(bytes.count > 2 * Block.capacity)
    let plain = try folder.read(bytes, as: "part-00000.ndjson")
    let compressed = try folder.read(Gzip.member(bytes), as: "part-00000.ndjson.gz")
    #expect(plain.records == compressed.records)
    #expect(plain.records.compactMap(\.reading.entry?.id) == (1...count).map(Sample.id))
    #expect(plain.records.map(\.position.record) == Array(1...count))
    #expect(plain.records.map(\.position.byteOffset) == Self.lineStarts(bytes))
    #expect(plain.receipt.records == count)
    #expect(plain.receipt.recordBytes == bytes.count)
    #expect(compressed.receipt.recordBytes == bytes.count)
  }

  private static func lineStarts(_ bytes: [UInt8]) -> [Int] {
    [0] + bytes.indices.dropLast().filter { bytes[$0] == 0x0A }.map { $0 + 1 }
  }

  @Test("receipts what lies on disk")
  func receipt() throws {
    let receipt = try folder.read([0x0A], as: "part-00000.ndjson").receipt
    #expect(!receipt.hasByteOrderMark)
    #expect(
      receipt
        == PartSummary(
          file: "part-00000.ndjson", bytes: 1,
          sha256: "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b",
          records: 0, recordBytes: 1))
    let gzip = try Gzip.member([0x0A])
    let compressed = try folder.read(gzip, as: "part-00000.ndjson.gz").receipt
    #expect(compressed.bytes == gzip.count)
    let part = try folder.part(gzip, name: "part-00001.ndjson")
    #expect(try compressed.sha256 == part.sha256(), "of the file, not of what it holds")
  }

  @Test("finds no record in an empty part, and none in a line feed")
  func emptyParts() throws {
    let nothing = try folder.read([], as: "part-00000.ndjson")
    #expect(nothing.records == [])
    #expect(nothing.receipt.records == 0)
    #expect(nothing.receipt.sha256.hasPrefix("e3b0c44298fc1c149afbf4c8996fb924"))
    #expect(try folder.read([0x0A], as: "part-00000.ndjson").records == [])
  }

  @Test("passes over a record of 5 MB and reads its neighbours")
  func recordTooLong() throws {
    let long = Sample.record(2, description: String(repeating: "x", count: 5_000_000))
    let bytes = Sample.record(1) + [0x0A] + long + [0x0A] + Sample.record(3)
    let read = try folder.read(Gzip.member(bytes), as: "part-00000.ndjson.gz")
    #expect(read.records.count == 3)
    #expect(read.records[1].reading == .tooLong(bytes: long.count))
    #expect(read.records[0].reading == Reading(decoding: Sample.record(1)))
    #expect(read.records[2].reading == Reading(decoding: Sample.record(3)))
    #expect(read.records[2].position.byteOffset == bytes.count - Sample.record(3).count)
    #expect(read.receipt.recordBytes == bytes.count)
  }

  @Test("reads a record of nearly 1 MiB")
  func recordAtLimit() throws {
    let room = ReadLimits().recordBytesMax - Sample.record(1, description: "").count
    let record = Sample.record(1, description: String(repeating: "x", count: room))
    let read = try folder.read(record + [0x0A] + Sample.record(2), as: "part-00000.ndjson")
    #expect(record.count == 1 << 20)
    #expect(read.records.map(\.reading.entry?.id) == [Sample.id(1), Sample.id(2)])
  }

  @Test("hands on the text of what it rejects")
  func rejectedText() throws {
    let sink = CollectingSink()
    let part = try folder.part("{\"a\":1}\r\n[]\nnull".utf8, name: "part-00000.ndjson")
    _ = try PartReader.read(part, limits: ReadLimits(), into: sink)
    #expect(sink.rejectedTexts == ["{\"a\":1}\r", "[]", "null"].map { Array($0.utf8) })
  }

  @Test("stops at a plain part past its limit")
  func plainPartTooLarge() throws {
    let limits = ReadLimits(partBytesMax: 100)
    let error = try folder.readingError(Sample.part(3), as: "part-00000.ndjson", limits: limits)
    #expect(error?.code == .inflatedTooLarge)
    let fitting = try folder.read(
      [UInt8](repeating: 0x20, count: 100), as: "part-00000.ndjson", limits: limits)
    #expect(fitting.receipt.recordBytes == 100)
  }

  @Test("stops at a missing file and at a directory", arguments: [".ndjson", ".ndjson.gz"])
  func noFile(suffix: String) throws {
    let missing = ExportPart(name: "part-00000\(suffix)", directory: folder.path)
    let error = #expect(throws: ReadingError.self) {
      try PartReader.read(missing, limits: ReadLimits(), into: CollectingSink())
    }
    #expect(error?.code == .cannotOpen)
    #expect(error?.file == missing.name)
    try folder.directory(missing.name)
    let other = #expect(throws: ReadingError.self) {
      try PartReader.read(missing, limits: ReadLimits(), into: CollectingSink())
    }
    #expect(other?.code == .notAFile)
  }

  @Test("stops at a file it may not read", .enabled(if: geteuid() != 0, "root reads everything"))
  func unreadableFile() throws {
    let part = try folder.part(Sample.part(1), name: "part-00000.ndjson")
    #expect(chmod(part.path, 0) == 0)
    let error = #expect(throws: ReadingError.self) {
      try PartReader.read(part, limits: ReadLimits(), into: CollectingSink())
    }
    #expect(error?.code == .cannotOpen)
  }
}
