import LedgerDomain
import Testing

@testable import JournalReading

@Suite("Order and shape of a record's members")
struct MemberOrderTests {
  @Test("do not change the entry: 200 shuffles, by one decoder and by a new one each")
  func shuffles() throws {
    var generator = SeededGenerator(seed: 20_260_315)
    var decoder = EntryDecoder()
    var record = RecordText.whole
    let expected = try #require(Reading(decoding: record.bytes).entry)
    for number in 1...200 {
      record.shuffle(using: &generator)
      #expect(decoder.reading(of: record.bytes).entry == expected, "shuffle \(number)")
      #expect(Reading(decoding: record.bytes).entry == expected, "shuffle \(number)")
    }
  }

  @Test("do not change the fault: 200 shuffles of a record with many")
  func shuffledFaults() throws {
    var generator = SeededGenerator(seed: 7)
    var decoder = EntryDecoder()
    var record = RecordText.whole
    record.set("posted_at", "\"yesterday\"")
    record.set("actor", "1")
    record.set(line: 0, "layer", "\"settled\"")
    record.set(line: 1, "sequence", "0")
    for number in 1...200 {
      record.shuffle(using: &generator)
      let fault = try #require(decoder.reading(of: record.bytes).fault)
      #expect(fault.field == "posted_at", "shuffle \(number)")
      #expect(fault.found == "\"yesterday\"")
      #expect(fault.readableLines == nil)
    }
  }

  @Test("of one record leave no mark on the next")
  func alternatingShapes() {
    let shapes = Self.shapes().map(\.bytes) + ["[]", "", "{\"lines\":[{"].map { Array($0.utf8) }
    let alone = shapes.map { Reading(decoding: $0) }
    var decoder = EntryDecoder()
    for (first, firstAlone) in zip(shapes, alone) {
      for (second, secondAlone) in zip(shapes, alone) {
        for _ in 0..<3 {
          #expect(decoder.reading(of: first) == firstAlone)
          #expect(decoder.reading(of: second) == secondAlone)
        }
      }
    }
    #expect(Set(alone).count == alone.count, "the shapes are told apart")
  }

  /// Records that differ in which fields they have, in which order, and in what is wrong.
  private static func shapes() -> [RecordText] {
    var reversed = RecordText.whole
    reversed.members.reverse()
    reversed.lines = reversed.lines.map { $0.reversed() }
    reversed.set("event_type", "\"reversal\"")
    var unknown = RecordText.least
    unknown.members = unknown.members.flatMap { [("x-\($0.name)", "[1]"), $0] }
    unknown.lines = unknown.lines.map { [("x", "{}")] + $0 + [("y", "null")] }
    unknown.set("effective_at", "\"2026-03-14\"")
    var withoutID = RecordText.least
    withoutID.set("journal_entry_id", nil)
    var withoutLayer = RecordText.whole
    withoutLayer.set(line: 1, "layer", nil)
    var nulls = RecordText.whole
    for name in ["tenant_id", "reverses_entry_id"] { nulls.set(name, "null") }
    for name in ["loan_id", "external_ref"] { nulls.set(line: 0, name, "null") }
    var threeLines = RecordText.least
    threeLines.lines.append(threeLines.lines[1])
    var twice = RecordText.least
    twice.members.append(("event_type", "\"accrual\""))
    return [.least, .whole, reversed, unknown, withoutID, withoutLayer, nulls, threeLines, twice]
  }

  @Test("may be many: 1000 unknown members, one of them twice")
  func unknownMembers() {
    var record = RecordText.least
    record.members += (0..<1000).map { ("unknown-\($0)", "\($0)") }
    #expect(Reading(decoding: record.bytes).entry != nil)
    for number in [0, 499, 999] {
      var twice = record
      twice.members.append(("unknown-\(number)", "true"))
      #expect(Reading(decoding: twice.bytes).fault?.code == .malformedJSON)
    }
  }
}
