import LedgerDomain
import ReadingTestSupport
import Testing

@testable import JournalReading

@Suite("Corrupt gzip data")
struct GzipCorruptionTests {
  private static let name = "part-00000.ndjson.gz"
  private let folder: ScratchFolder
  private let gzip: [UInt8]
  private let records: [PlacedReading]

  init() throws {
    folder = try ScratchFolder()
    gzip = try Gzip.member(Sample.part(3), level: 9)
    records = try folder.read(gzip, as: Self.name).records
  }

  @Test("is refused when it is truncated anywhere")
  func truncatedDataIsRefused() throws {
    #expect(records.count == 3)
    for count in 0..<gzip.count {
      let error = try folder.readingError(gzip[..<count], as: Self.name)
      #expect(error?.code == .truncatedGzip, "\(count) bytes")
      #expect(error?.file == Self.name)
      #expect(error?.byteOffset == count)
    }
  }

  @Test("is refused for any flipped bit that carries content")
  func flippedBitIsRefused() throws {
    /// Text flag, modification time, compression level and system (RFC 1952, section 2.3), and the
    /// bits that fill up the last byte before the checksum.
    let withoutContent = Array(3..<10) + [gzip.count - 9]
    var refused = 0
    for bit in 0..<(gzip.count * 8) {
      var flipped = gzip
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      if let error = try folder.readingError(flipped, as: Self.name) {
        refused += 1
        #expect(error.file == Self.name)
        #expect(error.byteOffset.map { (0...gzip.count).contains($0) } == true, "\(error)")
      } else {
        #expect(withoutContent.contains(bit / 8), "bit \(bit)")
        #expect(try folder.read(flipped, as: Self.name).records == records, "bit \(bit)")
      }
    }
    #expect(refused >= (gzip.count - withoutContent.count) * 8)
  }

  @Test("is refused for any byte that is missing or comes twice")
  func missingOrRepeatedByteIsRefused() throws {
    for index in 10..<gzip.count {
      var shorter = gzip
      shorter.remove(at: index)
      #expect(try folder.readingError(shorter, as: Self.name) != nil, "without byte \(index)")
      var longer = gzip
      longer.insert(gzip[index], at: index)
      #expect(try folder.readingError(longer, as: Self.name) != nil, "byte \(index) twice")
    }
  }

  @Test(
    "is refused when it is neither gzip nor text",
    arguments: ["\u{1F}", "\u{1F}{}", "\u{0}\u{1}", "{\"a\":\u{1}}", "{}\u{7F}\n"])
  func otherContentIsRefused(text: String) throws {
    let error = try #require(try folder.readingError(text.utf8, as: Self.name))
    #expect([.corruptGzip, .truncatedGzip].contains(error.code))
    #expect(error.byteOffset != nil)
  }

  @Test("is refused when it is stored data with a bit of its header flipped, although most is text")
  func storedDataWithoutItsHeaderIsRefused() throws {
    let stored = try Gzip.member(Sample.part(3), level: 0)
    for bit in 0..<16 {
      var flipped = stored
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(try folder.readingError(flipped, as: Self.name)?.code == .corruptGzip)
    }
  }

  @Test("is refused when it is zlib's or bare deflate data, or gzip twice over")
  func otherCompressionFormatsAreRefused() throws {
    let deflated = gzip[10..<(gzip.count - 8)]
    let zlibHeader: [UInt8] = [0x78, 0x9C]
    #expect(try folder.readingError(deflated, as: Self.name) != nil)
    #expect(try folder.readingError(zlibHeader + deflated, as: Self.name) != nil)
    #expect(try folder.readingError(Gzip.member(gzip), as: Self.name)?.code == .notText)
  }

  @Test("names the byte and the remedy in its message")
  func errorNamesByteAndRemedy() throws {
    let error = try #require(try folder.readingError(gzip[..<40], as: Self.name))
    #expect(
      "\(error)" == "part-00000.ndjson.gz, byte 40: the gzip data is truncated. "
        + "Ask the exporter for the whole part. [truncated_gzip]")
  }
}
