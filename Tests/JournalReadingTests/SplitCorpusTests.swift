import Testing

@testable import JournalReading

@Suite("Records that arrive in two blocks")
struct SplitCorpusTests {
  private static let textBytesMax = 4096
  /// Of longer texts every split is compared byte for byte, but only some are decoded again.
  private static let alwaysDecodedBytesMax = 1000
  private static let files = ["json-texts.txt", "records.txt"]
  private static let before: [UInt8] = Array("[\"before\"]".utf8)
  private static let after: [UInt8] = Array("{\"after\":1}".utf8)

  @Test("are read as in one, between neighbours", arguments: files)
  func betweenNeighbours(file: String) throws {
    let neighbours = (Reading(decoding: Self.before), Reading(decoding: Self.after))
    try check(file) { text, reading in
      let start = Self.before.count + 1
      let end = start + text.count + 1
      return (
        bytes: Self.before + [0x0A] + text + [0x0A] + Self.after + [0x0A],
        records: [
          SplitRecord(1, at: 0, Self.before, reading: neighbours.0),
          SplitRecord(2, at: start, text, reading: reading),
          SplitRecord(3, at: end, Self.after, reading: neighbours.1),
        ]
      )
    }
  }

  @Test("are read as in one, ended by CR LF", arguments: files)
  func endedByCarriageReturn(file: String) throws {
    try check(file) { text, _ in
      let record = text + [0x0D]
      let records = [SplitRecord(1, at: 0, record, reading: Reading(decoding: record))]
      return (record + [0x0A], text.isEmpty ? [] : records)
    }
  }

  @Test("are read as in one, at the end without a line feed", arguments: files)
  func withoutLastLineFeed(file: String) throws {
    try check(file) { text, reading in
      let isEmpty = text.isEmpty || text == [0x0D]
      return (text, isEmpty ? [] : [SplitRecord(1, at: 0, text, reading: reading)])
    }
  }

  @Test("mean the same ended by CR LF, wherever they mean anything")
  func carriageReturnChangesNothing() throws {
    for record in try Corpus.cases(of: "records.txt") {
      guard let entry = Reading(decoding: record.text).entry else { continue }
      #expect(Reading(decoding: record.text + [0x0D]).entry == entry, "\(record.name)")
    }
  }

  /// Reads the stream made of each text, split at every offset, and compares the records.
  private func check(
    _ file: String,
    stream: (_ text: [UInt8], _ reading: Reading) -> (bytes: [UInt8], records: [SplitRecord])
  ) throws {
    var reader = SplitReader()
    var wrong: [String] = []
    let cases = try Corpus.cases(of: file)
      .filter { $0.text.count <= Self.textBytesMax && !$0.text.contains(0x0A) }
    for text in cases {
      let (bytes, records) = stream(text.text, Reading(decoding: text.text))
      let bare = records.map(\.withoutReading)
      for cut in 0...bytes.count {
        let isDecoding = bytes.count <= Self.alwaysDecodedBytesMax || cut % 23 == bytes.count % 23
        let read = reader.records(of: bytes, cutAt: [cut], isDecoding: isDecoding)
        if read != (isDecoding ? records : bare) { wrong.append("\(text.name), cut at \(cut)") }
      }
    }
    #expect(cases.count >= 250)
    #expect(wrong == [])
  }
}
