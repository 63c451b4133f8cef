import LedgerDomain
import Testing

@testable import JournalReading

@Suite("Record fault")
struct RecordFaultTests {
  private static func finding(_ bytes: some Collection<UInt8>) -> Finding? {
    var decoder = EntryDecoder()
    let padded = Array(bytes) + [UInt8](repeating: 0, count: 1 + Block.padding)
    return padded.withUnsafeBufferPointer { text in
      guard case .fault(let fault) = decoder.decode(text.start, count: bytes.count) else {
        return nil
      }
      return fault.finding()
    }
  }

  @Test("tells the field, what is wrong with it and what stands there")
  func invalidField() throws {
    var record = RecordText.least
    record.set(line: 1, "amount_minor", "12.50")
    let finding = try #require(Self.finding(record.bytes))
    #expect(finding.code == .invalidField)
    #expect(finding.field == "lines[1].amount_minor")
    #expect(finding.entry?.description == "0b9f7d52-3c1e-4a6b-8f20-5d7e9a1c4b36")
    #expect(
      finding.message == "lines[1].amount_minor is not a string, found 12.50. "
        + "Have it corrected in the ledger's export.")
  }

  @Test("tells the field that is missing")
  func missingField() throws {
    var record = RecordText.least
    record.set("posted_at", nil)
    let finding = try #require(Self.finding(record.bytes))
    #expect(finding.code == .missingField)
    #expect(finding.message == "posted_at is missing. Have the exporter write it.")
  }

  @Test("tells where malformed text is, with bytes that are no ASCII made visible")
  func malformedText() throws {
    let finding = try #require(Self.finding(Array("{\"a\":1,".utf8) + [0xFF, 0x07, 0x7D]))
    #expect(finding.code == .malformedJSON)
    #expect(finding.field == nil)
    #expect(finding.entry == nil)
    #expect(
      finding.message == "The record is not valid JSON: expected a quoted name at byte 7 of "
        + "the record, found \\xff\\x07}. Have the exporter write it again.")
  }

  @Test("shortens what it quotes")
  func longValue() throws {
    var record = RecordText.least
    record.set("event_type", "\"\(String(repeating: "x", count: 1000))\"")
    let finding = try #require(Self.finding(record.bytes))
    #expect(finding.message.contains(", found \"\(String(repeating: "x", count: 39))…."))
  }

  @Test("keeps the lines if they are readable, for the exporter's totals")
  func readableLines() {
    var record = RecordText.least
    record.set("posted_at", "null")
    record.set("actor", "7")
    let lines = Reading(decoding: record.bytes).fault?.readableLines
    #expect(lines?.map(\.amountMinor) == [1250, 1250])
    record.set(line: 1, "external_ref", "7")
    #expect(Reading(decoding: record.bytes).fault?.readableLines == nil)
    record.set("lines", nil)
    #expect(Reading(decoding: record.bytes).fault?.readableLines == nil)
  }

  @Test("keeps a single line and no lines, but not what is no array")
  func fewLines() {
    var record = RecordText.least
    record.lines.removeLast()
    #expect(Reading(decoding: record.bytes).fault?.readableLines?.count == 1)
    record.lines.removeLast()
    #expect(Reading(decoding: record.bytes).fault?.readableLines?.count == 0)
    #expect(Reading(decoding: record.bytes).fault?.field == "lines")
    let noArray = record.text.replacing("[]", with: "{}")
    #expect(Reading(decoding: Array(noArray.utf8)).fault?.readableLines == nil)
  }

  @Test("is of the first field in the specification's order, header before lines")
  func precedence() {
    var record = RecordText.least
    let steps: [(field: String, spoil: (inout RecordText) -> Void)] = [
      ("actor", { $0.set("actor", "1") }), ("description", { $0.set("description", "[]") }),
      ("lines[1].layer", { $0.set(line: 1, "layer", nil) }),
      ("lines[1].sequence", { $0.set(line: 1, "sequence", "1e0") }),
      ("lines[0].external_ref", { $0.set(line: 0, "external_ref", "0") }),
      ("lines[0].account_code", { $0.set(line: 0, "account_code", "1200") }),
      ("posted_at", { $0.set("posted_at", "\"2026-03-15T08:30Z\"") }),
      ("event_type", { $0.set("event_type", nil) }), ("tenant_id", { $0.set("tenant_id", "\"\"") }),
      ("journal_entry_id", { $0.set("journal_entry_id", "null") }),
    ]
    for (field, spoil) in steps {
      spoil(&record)
      #expect(Reading(decoding: record.bytes).fault?.field == field)
    }
  }
}
