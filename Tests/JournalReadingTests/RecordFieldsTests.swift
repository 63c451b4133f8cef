import Testing

@testable import JournalReading

@Suite("Record fields")
struct RecordFieldsTests {
  /// `init(known:)` casts a byte to the enum, which is only sound while the raw values are 0, 1, 2, ….
  @Test("every header field survives the cast from its number")
  func headerFieldsRoundTrip() {
    #expect(HeaderField.allCases.map(\.rawValue) == Array(0..<UInt8(HeaderField.allCases.count)))
    for field in HeaderField.allCases { #expect(HeaderField(known: field.rawValue) == field) }
    #expect(MemoryLayout<HeaderField>.size == 1)
  }

  @Test("every line field survives the cast from its number")
  func lineFieldsRoundTrip() {
    #expect(LineField.allCases.map(\.rawValue) == Array(0..<UInt8(LineField.allCases.count)))
    for field in LineField.allCases { #expect(LineField(known: field.rawValue) == field) }
    #expect(MemoryLayout<LineField>.size == 1)
  }
}
