import LedgerDomain
import Testing

@Suite("RFC 3339 date-times")
struct RFC3339Tests {
  @Test(
    "writes UTC date-times",
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (1_767_787_200, "2026-01-07T12:00:00Z"),
      (1_709_251_199, "2024-02-29T23:59:59Z"), (-1, "1969-12-31T23:59:59Z"),
      (-86_400, "1969-12-31T00:00:00Z"), (-86_401, "1969-12-30T23:59:59Z"),
    ] as [(Int64, String)])
  func writesWholeSeconds(second: Int64, text: String) {
    #expect(RFC3339.string(second: second) == text)
  }

  @Test(
    "writes as many decimals as requested and cuts off the rest",
    arguments: [
      (0, "00Z"), (1, "00.1Z"), (3, "00.123Z"), (6, "00.123456Z"), (9, "00.123456789Z"),
    ])
  func writesFraction(digits: Int, ending: String) {
    let text = RFC3339.string(second: 0, nanosecond: 123_456_789, fractionDigits: digits)
    #expect(text == "1970-01-01T00:00:" + ending)
  }

  @Test("keeps leading zeros of a fraction")
  func keepsLeadingZeros() {
    #expect(
      RFC3339.string(second: 0, nanosecond: 7_000_000, fractionDigits: 3)
        == "1970-01-01T00:00:00.007Z")
  }
}
