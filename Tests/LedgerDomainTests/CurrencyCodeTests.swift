import LedgerDomain
import Testing

@Suite("Currency codes")
struct CurrencyCodeTests {
  @Test("all 17,576 codes round trip in the order of their texts")
  func everyCodeRoundTrips() {
    var previous = ""
    var wrong: [UInt16] = []
    for packed in 0..<UInt16(CurrencyCode.codeCount) {
      let code = CurrencyCode(packed: packed)
      let text = code.description
      if CurrencyCode(text) != code || text <= previous { wrong.append(packed) }
      previous = text
    }
    #expect(wrong.prefix(5).isEmpty)
    #expect(CurrencyCode(packed: 0).description == "AAA")
    #expect(previous == "ZZZ")
  }

  @Test(
    "anything but three capital letters is rejected",
    arguments: ["", "US", "USDD", "usd", "UsD", "U D", "US1", "ÄBC", "[AB", "@AB", "ＵSD"])
  func invalidTextsAreRejected(text: String) {
    #expect(CurrencyCode(text) == nil)
  }
}
