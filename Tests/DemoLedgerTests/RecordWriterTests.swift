import Testing

@testable import DemoLedger

@Suite("Record writers")
struct RecordWriterTests {
  @Test("agree: a draft that nothing changed has the bytes of the usual form")
  func bothWritersWriteTheSameBytes() {
    var options = DemoOptions()
    options.entriesPerDate = 500
    let tenant = DemoTenant(index: 1, options: options)
    let day: Int32 = 20_460
    let writer = RecordWriter(tenant: tenant.identifier, businessDay: day)
    var composer = EntryComposer(tenant: tenant, businessDay: day, dayIndex: 6)
    var events: Set<DemoEvent> = []
    for index in 0..<500 {
      composer.composeNext(postedMilliseconds: index * 172_800)
      events.insert(composer.entry.event)
      let buffer = ByteBuffer(capacity: 16)
      writer.write(composer.entry, to: buffer)
      let draft = RecordDraft(composer.entry, tenant: tenant.identifier, writer: writer)
      #expect(buffer.text == draft.json + draft.lineEnd)
    }
    #expect(events.count == DemoEvent.allCases.count)
  }

  @Test("write an instant with its offset, past midnight if necessary")
  func instantsCarryTheirOffset() {
    let tenant = DemoTenant(index: 0, options: DemoOptions())
    let writer = RecordWriter(tenant: tenant.identifier, businessDay: 20_454)
    let buffer = ByteBuffer()
    writer.write(instant: 86_399_999, offsetHours: 0, to: buffer)
    buffer.append(0x20)
    writer.write(instant: 86_399_999, offsetHours: 2, to: buffer)
    #expect(buffer.text == "2026-01-01T23:59:59.999Z 2026-01-02T01:59:59.999+02:00")
  }
}
