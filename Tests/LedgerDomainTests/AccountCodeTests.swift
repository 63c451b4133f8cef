import LedgerDomain
import Testing

@Suite("Account codes")
struct AccountCodeTests {
  @Test("all ten thousand codes round trip in the order of their texts")
  func everyCodeRoundTrips() {
    var previous = ""
    var wrong: [UInt16] = []
    for number: UInt16 in 0...9999 {
      let code = AccountCode(number: number)
      let text = code.description
      if AccountCode(text) != code || text.utf8.count != 4 || text <= previous {
        wrong.append(number)
      }
      previous = text
    }
    #expect(wrong.prefix(5).isEmpty)
    #expect(AccountCode(number: 7).description == "0007")
  }

  @Test(
    "anything but four digits is rejected",
    arguments: ["", "1", "110", "11000", "11a0", "-110", "+110", " 110", "1 10", "１100", "11.0"])
  func invalidTextsAreRejected(text: String) {
    #expect(AccountCode(text) == nil)
  }
}
