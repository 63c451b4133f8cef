import LedgerDomain
import Testing

@testable import JournalReading

@Suite("Record splitter")
struct RecordSplitterTests {
  private static let headroom = Block.headroom

  @Test("puts a record together that runs over three blocks, cut anywhere")
  func threeBlocks() {
    let text = Array("{\"after\":[1,\"\u{20AC}\"]}".utf8)
    let bytes = text + [0x0A]
    let expected = [SplitRecord(1, at: 0, text, reading: Reading(decoding: text))]
    var reader = SplitReader()
    for first in 0...bytes.count {
      for second in first...bytes.count {
        let records = reader.records(of: bytes, cutAt: [first, second])
        #expect(records == expected, "cut at \(first) and \(second)")
      }
    }
  }

  @Test("puts a record together whose bytes arrive one by one")
  func oneByOne() {
    let bytes = Sample.part(2)
    var reader = SplitReader()
    let whole = reader.records(of: bytes, cutAt: [])
    #expect(whole.count == 2)
    #expect(reader.records(of: bytes, cutAt: Array(1..<bytes.count)) == whole)
  }

  @Test("puts a record together that outgrows a block's headroom, cut before, at and behind it")
  func longerThanHeadroom() {
    let text = Sample.record(7, description: String(repeating: "d", count: 3 * Self.headroom))
    let neighbour = Sample.record(8)
    let bytes = text + [0x0A] + neighbour + [0x0A]
    var reader = SplitReader()
    let whole = reader.records(of: bytes, cutAt: [])
    #expect(whole.map(\.text) == [text, neighbour])
    #expect(whole.allSatisfy { $0.reading?.entry != nil })
    let places = (-2...2).map { Self.headroom + $0 }
    let ends = [1, text.count - 1, text.count, text.count + 1]
    for cut in places + places.map({ 2 * $0 }) + ends {
      #expect(reader.records(of: bytes, cutAt: [cut]) == whole, "cut at \(cut)")
    }
    #expect(reader.records(of: bytes, cutAt: [Self.headroom, 2 * Self.headroom]) == whole)
    #expect(reader.records(of: Array(text), cutAt: [40_000]) == [whole[0]], "without line feed")
  }

  @Test("hands on a record at the limit, and skips one of a byte more", arguments: [600, 20_000])
  func limit(recordBytesMax: Int) {
    let before = Sample.record(1, description: "").count
    for excess in -1...1 {
      let description = String(repeating: "x", count: recordBytesMax + excess - before)
      let text = Sample.record(1, description: description)
      let bytes = [0x31, 0x0A] + text + [0x0A] + [0x32]
      let expected: [SplitRecord] = [
        SplitRecord(1, at: 0, [0x31], reading: Reading(decoding: [0x31])),
        excess > 0
          ? SplitRecord(2, at: 2, [], reading: .tooLong(bytes: recordBytesMax + 1))
          : SplitRecord(2, at: 2, text, reading: Reading(decoding: text)),
        SplitRecord(3, at: 3 + text.count, [0x32], reading: Reading(decoding: [0x32])),
      ]
      var reader = SplitReader(recordBytesMax: recordBytesMax)
      for cuts in Self.cuts(around: text.count) {
        #expect(reader.records(of: bytes, cutAt: cuts) == expected, "\(excess), cut at \(cuts)")
      }
    }
  }

  /// No cut, one at each interesting place of the second record, and some pairs.
  private static func cuts(around count: Int) -> [[Int]] {
    let places = [2, 3, count / 2, count, count + 1, count + 2, count + 3]
    return [[]] + places.map { [$0] }
      + places.flatMap { first in places.filter { $0 > first }.map { [first, $0] } }
  }

  @Test("skips the last record if it is too long and has no line feed")
  func tooLongAtTheEnd() {
    var reader = SplitReader(recordBytesMax: 10)
    let bytes = [UInt8](repeating: 0x20, count: 11)
    for cut in 0...11 {
      let records = reader.records(of: bytes, cutAt: [cut])
      #expect(records == [SplitRecord(1, at: 0, [], reading: .tooLong(bytes: 11))], "\(cut)")
    }
  }

  @Test("skips all but empty records if the limit is nothing")
  func limitOfNothing() {
    var reader = SplitReader(recordBytesMax: 0)
    for cut in 0...4 {
      let records = reader.records(of: Array("\nx\ny".utf8), cutAt: [cut])
      #expect(records.map(\.reading).first == Reading(decoding: []))
      #expect(records.dropFirst().map(\.reading) == [.tooLong(bytes: 1), .tooLong(bytes: 1)])
    }
  }

  @Test("numbers records and counts their bytes, line feeds included")
  func positions() {
    let texts: [[UInt8]] = [[], [0x31], [], [0x0D], [], Array("[\r".utf8), Sample.record(1)]
    let bytes = Array(texts.joined(separator: [0x0A]))
    let offsets = [0, 1, 3, 4, 6, 7, 10]
    let expected = texts.indices.map {
      SplitRecord($0 + 1, at: offsets[$0], texts[$0], reading: Reading(decoding: texts[$0]))
    }
    var reader = SplitReader()
    for cut in 0...bytes.count {
      #expect(reader.records(of: bytes, cutAt: [cut]) == expected, "cut at \(cut)")
    }
  }

  @Test("finds no record in nothing, and none in empty lines alone")
  func nothing() {
    var reader = SplitReader()
    #expect(reader.records(of: [], cutAt: [0, 0]) == [])
    for text in ["\n", "\r", "\r\n", "\n\n", "\n\r\n\n\r"] {
      let bytes = Array(text.utf8)
      for cut in 0...bytes.count { #expect(reader.records(of: bytes, cutAt: [cut]) == []) }
    }
  }
}
