import LedgerDomain
import Testing

@testable import Reports

@Suite("HTML writer")
struct HTMLWriterTests {
  @Test("escapes what could be markup, even before combining characters")
  func markupIsEscaped() {
    let hostile = "<b a=\"1\" c='2'>&\u{301}\"\u{301}<\u{FE0F}\u{0}\u{7}\r\n"
    #expect(
      Array(HTMLWriter.string { $0.text(hostile) }.utf8)
        == Array(
          ("&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;\u{301}&quot;\u{301}&lt;\u{FE0F}"
            + "\u{FFFD}\u{FFFD}&#13;\n").utf8))
    #expect(HTMLWriter.string { $0.text(nil) } == "")
  }

  @Test("writes amounts in the decimals of their currency, grouped, with a true minus sign")
  func amountsAreGroupedDecimals() {
    func amount(_ minor: Int64?, _ digits: Int?) -> String {
      HTMLWriter.string { $0.amount(minor, digits: digits) }
    }
    #expect(amount(0, 2) == "0.00")
    #expect(amount(5, 3) == "0.005")
    #expect(amount(-123_456_789, 2) == "−1,234,567.89")
    #expect(amount(100_000, 2) == "1,000.00")
    #expect(amount(99_999, 2) == "999.99")
    #expect(amount(1_000, 0) == "1,000")
    #expect(amount(1_000, nil) == "1,000")
    #expect(amount(.min, 2) == "−92,233,720,368,547,758.08")
    #expect(amount(nil, 2) == "")
    #expect(
      HTMLWriter.string { $0.amount(Int128(Int64.max) * 10, digits: 2) }
        == "922,337,203,685,477,580.70")
  }

  @Test("writes the sign of differences, and minor units as plain integers")
  func differencesHaveSigns() {
    #expect(HTMLWriter.string { $0.signed(Int64(30), digits: 2) } == "+0.30")
    #expect(HTMLWriter.string { $0.signed(Int64(-30), digits: 2) } == "−0.30")
    #expect(HTMLWriter.string { $0.signed(Int64(0), digits: 2) } == "0.00")
    #expect(HTMLWriter.string { $0.number(Int64.min) } == "-9223372036854775808")
  }
}
