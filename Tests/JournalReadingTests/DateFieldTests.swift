import LedgerDomain
import Testing

@testable import JournalReading

@Suite("Dates and instants of a record")
struct DateFieldTests {
  @Test("are read for every day of a leap year and its neighbours, as the decoder goes on")
  func everyDayIsRead() throws {
    let first = try #require(BusinessDate("2023-12-25"))
    var decoder = EntryDecoder()
    var record = RecordText.least
    for date in (0..<450).map(first.advanced) {
      record.set("effective_at", "\"\(date)\"")
      record.set("posted_at", "\"\(date.advanced(by: 1))T00:00:00Z\"")
      let entry = decoder.reading(of: record.bytes).entry
      #expect(entry?.effectiveDate == date)
      #expect(entry?.posted.second == Int64(date.dayNumber + 1) * 86_400)
    }
  }

  @Test(
    "are read at the ends of the calendar", arguments: ["0001-01-01", "1969-12-31", "9999-12-31"])
  func firstAndLastDatesAreRead(text: String) throws {
    let date = try #require(BusinessDate(text))
    var record = RecordText.least
    record.set("effective_at", "\"\(text)\"")
    record.set("posted_at", "\"\(text)T12:00:00Z\"")
    let entry = Reading(decoding: record.bytes).entry
    #expect(entry?.effectiveDate == date)
    #expect(entry?.posted.second == Int64(date.dayNumber) * 86_400 + 43_200)
  }

  @Test(
    "name the same instant with any offset",
    arguments: [
      "2026-03-15T08:30:00Z", "2026-03-15t08:30:00z", "2026-03-15T08:30:00+00:00",
      "2026-03-15T08:30:00-00:00", "2026-03-15T10:30:00+02:00", "2026-03-15T03:00:00-05:30",
      "2026-03-14T08:31:00-23:59", "2026-03-16T08:29:00+23:59", "2026-03-15T08:30:00.000Z",
      "2026-03-15T08:30:00.0000000009Z", "2026-03-15T14:15:00.0+05:45",
    ])
  func offsetsAreRead(text: String) {
    #expect(Self.posted(text) == PostedInstant(second: 1_773_563_400, nanosecond: 0))
  }

  @Test(
    "keep nine digits of a second's fraction",
    arguments: [
      (".1", 100_000_000), (".12", 120_000_000), (".123456789", 123_456_789),
      (".1234567899", 123_456_789), (".000000001", 1), (".999999999999", 999_999_999),
      (".000000000", 0),
    ] as [(String, UInt32)])
  func fractionsOfASecondAreRead(fraction: String, nanosecond: UInt32) {
    let expected = PostedInstant(second: 1_773_563_400, nanosecond: nanosecond)
    #expect(Self.posted("2026-03-15T08:30:00\(fraction)Z") == expected)
    #expect(Self.posted("2026-03-15T10:30:00\(fraction)+02:00") == expected)
    #expect(Self.posted("2026-03-15T04:30:00\(fraction)-04:00") == expected)
  }

  @Test("count a leap second as the last of its day, and know where there can be one")
  func leapSecondsBelongToTheirDay() {
    let last = PostedInstant(second: 1_483_228_799, nanosecond: 999_999_999)
    #expect(Self.posted("2016-12-31T23:59:60Z") == last)
    #expect(Self.posted("2016-12-31T23:59:60.5Z") == last)
    #expect(Self.posted("2017-01-01T00:59:60+01:00") == last)
    #expect(Self.posted("2016-12-31T18:59:60-05:00") == last)
    #expect(Self.posted("2016-12-31T23:59:60+01:00") == nil)
    #expect(Self.posted("2016-12-31T12:00:60Z") == nil)
    #expect(Self.posted("2016-12-31T23:59:61Z") == nil)
  }

  @Test("are not read from unreadable text: ten zero bytes or a truncated date")
  func unreadableTextIsNotADate() {
    for byte in [UInt8(0), 0xFF] {
      var bytes = RecordText.least.bytes
      let place = Array("2026-03-15\",\"posted".utf8)
      let start = bytes.indices.first { bytes[$0...].starts(with: place) } ?? 0
      bytes.replaceSubrange(start..<(start + 10), with: repeatElement(byte, count: 10))
      #expect(Reading(decoding: bytes).fault?.code == .malformedJSON, "\(byte)")
    }
  }

  private static func posted(_ text: String) -> PostedInstant? {
    var record = RecordText.least
    record.set("posted_at", "\"\(text)\"")
    return Reading(decoding: record.bytes).entry?.posted
  }
}
