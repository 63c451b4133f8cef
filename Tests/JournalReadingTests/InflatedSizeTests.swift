import ReadingTestSupport
import Testing

@testable import JournalReading

@Suite("Parts that inflate to more than they may")
struct InflatedSizeTests {
  private static let name = "part-00000.ndjson.gz"
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @Test(
    "are refused as soon as they pass the limit",
    arguments: [(UInt8(0x20), 1 << 20), (UInt8(0x0A), 1 << 16)])
  func decompressionBombIsRefused(byte: UInt8, partBytesMax: Int) throws {
    let gzip = try Gzip.member([UInt8](repeating: byte, count: 64 << 20), level: 1)
    #expect(gzip.count < 512 << 10)
    let sink = CollectingSink()
    let part = try folder.part(gzip, name: Self.name)
    let start = ContinuousClock.now
    let error = #expect(throws: ReadingError.self) {
      try PartReader.read(part, limits: ReadLimits(partBytesMax: partBytesMax), into: sink)
    }
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(error?.code == .inflatedTooLarge)
    #expect(error?.file == Self.name)
    #expect(error?.byteOffset.map { $0 < gzip.count / 8 } == true, "only its beginning was read")
    #expect(error?.message.contains("part_bytes_max") == true)
    #expect(sink.records.count < partBytesMax)
  }

  @Test("may be exactly as large as the limit")
  func partAtTheLimitIsRead() throws {
    let bytes = Sample.part(2)
    let gzip = try Gzip.member(bytes)
    let limits = ReadLimits(partBytesMax: bytes.count)
    #expect(try folder.read(gzip, as: Self.name, limits: limits).records.count == 2)
    let tighter = ReadLimits(partBytesMax: bytes.count - 1)
    let error = try folder.readingError(gzip, as: Self.name, limits: tighter)
    #expect(error?.code == .inflatedTooLarge)
  }

  @Test("are read if they only inflate a lot: 32 MB of spaces are one long record")
  func highlyCompressiblePartIsRead() throws {
    let gzip = try Gzip.member([UInt8](repeating: 0x20, count: 32 << 20), level: 1)
    let read = try folder.read(gzip, as: Self.name)
    #expect(read.records.map(\.reading) == [.tooLong(bytes: 32 << 20)])
  }
}
