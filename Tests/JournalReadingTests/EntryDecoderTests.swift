import LedgerDomain
import Testing

@testable import JournalReading

@Suite("Entry decoder")
struct EntryDecoderTests {
  @Test("reads every field")
  func everyFieldIsRead() throws {
    let entry = try #require(Reading(decoding: RecordText.whole.bytes).entry)
    #expect(entry.id.description == "0b9f7d52-3c1e-4a6b-8f20-5d7e9a1c4b36")
    #expect(entry.tenant == Sample.tenant)
    #expect(entry.eventType == .accrual)
    #expect(entry.effectiveDate == Sample.date)
    #expect(entry.posted == PostedInstant(second: 1_773_563_400, nanosecond: 0))
    #expect(entry.reverses?.description == "0123abcd-4567-4e89-8bcd-ef0123456789")
    #expect(entry.lines.map(\.key.description) == ["1200 USD SETTLED", "4000 USD SETTLED"])
    #expect(entry.lines.map(\.direction) == [.debit, .credit])
    #expect(entry.lines.map(\.sequence) == [1, 2])
    #expect(entry.lines.map(\.amountMinor) == [1250, 1250])
    #expect(
      entry.lines.map(\.loan?.description) == [
        "1f2e3d4c-5b6a-4798-8a9b-0c1d2e3f4a50", "1f2e3d4c-5b6a-4798-8a9b-0c1d2e3f4a51",
      ])
  }

  @Test("leaves out what the record leaves out")
  func optionalFieldsMayBeMissing() throws {
    let entry = try #require(Reading(decoding: RecordText.least.bytes).entry)
    #expect(entry.tenant == nil)
    #expect(entry.reverses == nil)
    #expect(entry.lines.map(\.loan) == [nil, nil])
    #expect(entry.lines.map(\.referenceFingerprint) == [0, 0])
  }

  @Test("reads every event type", arguments: EventType.allCases)
  func everyEventTypeIsRead(event: EventType) {
    var record = RecordText.least
    record.set("event_type", "\"\(event.code)\"")
    #expect(Reading(decoding: record.bytes).entry?.eventType == event)
    record.set("event_type", "\"\(event.code)s\"")
    let fault = Reading(decoding: record.bytes).fault
    #expect(fault?.field == "event_type")
    // Whoever reads it has to choose one of them.
    #expect(fault?.reason.contains(event.code) == true)
  }

  @Test("reads every layer, on both sides", arguments: EntryLayer.allCases, Direction.allCases)
  func everyLayerAndDirectionIsRead(layer: EntryLayer, direction: Direction) {
    var record = RecordText.least
    record.set(line: 1, "layer", "\"\(layer.code)\"")
    record.set(line: 1, "direction", "\"\(direction.code)\"")
    let line = Reading(decoding: record.bytes).entry?.lines[1]
    #expect(line?.key.layer == layer)
    #expect(line?.direction == direction)
  }

  @Test("reads every account code, and some currency with each")
  func everyAccountCodeIsRead() {
    var decoder = EntryDecoder()
    var record = RecordText.least
    for number in UInt16(0)...9999 {
      let account = AccountCode(number: number)
      let currency = CurrencyCode(packed: number &* 7 % UInt16(CurrencyCode.codeCount))
      record.set(line: 0, "account_code", "\"\(account)\"")
      record.set(line: 0, "currency", "\"\(currency)\"")
      let key = BalanceKey(account: account, currency: currency, layer: .settled)
      let line = decoder.reading(of: record.bytes).entry?.lines[0]
      if line?.key != key {
        Issue.record("\(key) is read as \(line?.key.description ?? "nothing")")
      }
    }
  }

  @Test(
    "reads amounts", arguments: [0, 1, 9, 10, 1250, 999_999_999_999_999_999, .max - 1, .max])
  func amountsAreRead(amountMinor: AmountMinor) {
    var record = RecordText.least
    record.set(line: 0, "amount_minor", "\"\(amountMinor)\"")
    #expect(Reading(decoding: record.bytes).entry?.lines[0].amountMinor == amountMinor)
  }

  @Test("reads sequences", arguments: [1, 9, 10, 99, 100, 9999, 10_000, 32_767])
  func sequencesAreRead(sequence: Int16) {
    for text in ["\(sequence)", "\(sequence) "] {
      var record = RecordText.least
      record.set(line: 0, "sequence", text)
      #expect(Reading(decoding: record.bytes).entry?.lines[0].sequence == sequence)
    }
  }

  @Test("reads identifiers in either case, digit by digit")
  func identifiersAreReadInEitherCase() {
    var generator = SeededGenerator(seed: 1)
    var decoder = EntryDecoder()
    for _ in 0..<1000 {
      let uuid = LedgerUUID(high: generator.next(), low: generator.next())
      let mixed = uuid.description.map {
        Bool.random(using: &generator) ? $0.uppercased() : String($0)
      }
      var record = RecordText.least
      record.set("journal_entry_id", "\"\(uuid)\"")
      record.set("reverses_entry_id", "\"\(mixed.joined())\"")
      record.set(line: 1, "loan_id", "\"\(uuid.description.uppercased())\"")
      let entry = decoder.reading(of: record.bytes).entry
      #expect(entry?.id.uuid == uuid)
      #expect(entry?.reverses?.uuid == uuid)
      #expect(entry?.lines[1].loan == uuid)
    }
  }

  @Test("reads 500 lines in their order")
  func fiveHundredLinesAreReadInOrder() throws {
    var record = RecordText.least
    record.lines = try (1...500).map { number in
      var line = try #require(record.lines.first)
      line[0].value = "\(number)"
      line[3].value = "\"\(number * 1000)\""
      return line
    }
    let lines = try #require(Reading(decoding: record.bytes).entry?.lines)
    #expect(lines.map(\.sequence) == Array(1...500))
    #expect(lines.map(\.amountMinor) == (1...500).map { $0 * 1000 })
  }
}
