import Foundation
import LedgerDomain
import ReadingTestSupport
import Testing

@testable import JournalReading

@Suite("A part that is no text")
struct ContentSampleTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  /// The error of a part with that content, plain, as gzip, and named as gzip although it is not.
  private func errors(_ content: [UInt8]) throws -> [ReadingError?] {
    try [
      folder.readingError(content, as: "a.ndjson"),
      folder.readingError(Gzip.member(content), as: "b.ndjson.gz"),
      folder.readingError(Gzip.member(content), as: "c.ndjson"),
    ]
  }

  /// The first bytes of a format, and what the message calls it.
  static let formats: [([UInt8], String)] = [
    ([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00], "a zip archive"),
    ([0x50, 0x4B, 0x05, 0x06, 0x00, 0x00], "an empty zip archive"),
    ([0x28, 0xB5, 0x2F, 0xFD, 0x24, 0x00], "compressed with zstd"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 0x00, 0x04], "compressed with xz"),
    (Array("BZh91AY&SY".utf8), "compressed with bzip2"),
    ([0x04, 0x22, 0x4D, 0x18, 0x64], "compressed with lz4"),
    (Array("PAR1".utf8) + [0x15, 0x04, 0x15], "a Parquet file"),
    (Array("Obj\u{1}".utf8) + [0x04, 0x16], "an Avro file"),
    (Array("SQLite format 3\u{0}".utf8) + [0x10, 0x00], "an SQLite database"),
  ]

  @Test("is refused, and its format named, even if text follows", arguments: formats)
  func knownFormatIsNamed(magic: [UInt8], name: String) throws {
    for content in [magic, magic + Sample.part(3)] {
      for error in try errors(content) {
        #expect(error?.code == .notText)
        #expect(error?.byteOffset == 0)
        #expect(error?.message.hasPrefix("is \(name). Have the exporter write NDJSON") == true)
      }
    }
    #expect(try folder.readingError(magic, as: "d.ndjson.gz")?.code == .notText)
  }

  @Test("is refused if it is gzip within gzip")
  func gzipTwice() throws {
    let once = try Gzip.member(Sample.part(3))
    let error = try folder.readingError(Gzip.member(once), as: "a.ndjson.gz")
    #expect(error?.code == .notText)
    #expect(error?.message.hasPrefix("is compressed with gzip twice. Have the exporter") == true)
  }

  @Test("is refused if more than a tenth of its beginning cannot occur in text")
  func manyImpossibleBytes() throws {
    for byte in [0x00, 0x01, 0x1B, 0x7F, 0x80, 0xC0, 0xF5, 0xFF] as [UInt8] {
      for count in [1, 10, 300] {
        let text = [UInt8](repeating: 0x78, count: 9 * count)
        let fits = text + [UInt8](repeating: byte, count: count)
        #expect(try errors(fits) == [nil, nil, nil])
        #expect(
          try folder.read(fits, as: "a.ndjson").records.map(\.reading.fault?.code) == [
            .malformedJSON
          ])
        let tooMany = [UInt8](repeating: byte, count: count + 1) + text
        #expect(try errors(tooMany).map(\.?.code) == [.notText, .notText, .notText])
      }
    }
    let error = try folder.readingError([UInt8](repeating: 0, count: 4096), as: "a.ndjson")
    #expect(
      error?.message.hasPrefix("is not text: of its first 512 bytes, 512 cannot occur") == true)
  }

  @Test("is not one with text of any script, cut anywhere")
  func textOfAnyScript() throws {
    let text = Array("\t\u{E4}\u{7FF}\u{800}\u{20AC}\u{D7FF}\u{FFFD}\u{10000}\u{10FFFF}\r\n".utf8)
    for count in 0...text.count {
      #expect(ContentSample(text.prefix(count)).fault(of: "a") == nil)
      #expect(ContentSample(text.prefix(count)).isCertainlyText == (count > 0), "\(count) bytes")
    }
    let long = Array(repeatElement(text, count: 100).joined())
    for start in 0..<text.count where long[start] & 0xC0 != 0x80 {
      #expect(ContentSample(long[start...]).isCertainlyText, "from byte \(start)")
    }
    for wrong in [[0xC3, 0x41], [0xE2, 0x82, 0x41], [0xED, 0xA0], [0xF4, 0x90], [0x80]] as [[UInt8]]
    {
      #expect(!ContentSample(wrong).isCertainlyText)
    }
  }

  @Test("is not one with a single bit flipped, wherever it is")
  func flippedBit() throws {
    let bytes = Sample.part(2)
    for bit in 0..<(bytes.count * 8) {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(ContentSample(flipped).fault(of: "a") == nil, "bit \(bit)")
      if bit % 5 == 0 { #expect(try folder.read(flipped, as: "a.ndjson").records.count >= 1) }
    }
  }

  @Test("is refused as UTF-16 or UTF-32, with and without a byte order mark")
  func wideEncodings() throws {
    let text = String(decoding: Sample.part(2), as: UTF8.self)
    let encodings: [(String.Encoding, [UInt8], String)] = [
      (.utf16LittleEndian, ByteOrderMark.utf16LittleEndian, "UTF-16"),
      (.utf16BigEndian, ByteOrderMark.utf16BigEndian, "UTF-16"),
      (.utf32LittleEndian, ByteOrderMark.utf32LittleEndian, "UTF-32"),
      (.utf32BigEndian, ByteOrderMark.utf32BigEndian, "UTF-32"),
    ]
    for (encoding, mark, name) in encodings {
      let content = [UInt8](try #require(text.data(using: encoding)))
      for wide in [content, mark + content, mark] {
        for error in try errors(wide) + [folder.readingError(wide, as: "d.ndjson.gz")] {
          #expect(error?.code == .unsupportedEncoding)
          #expect(
            error?.message == "is in \(name), not in UTF-8. Have the exporter write UTF-8.")
        }
      }
    }
  }
}
