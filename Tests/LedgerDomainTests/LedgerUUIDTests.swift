import LedgerDomain
import TestSupport
import Testing

@Suite("UUIDs")
struct LedgerUUIDTests {
  private static let example = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"

  @Test("a UUID is its two words")
  func readsBothWords() {
    let uuid = LedgerUUID(Self.example)
    #expect(uuid == LedgerUUID(high: 0x3F25_04E0_4F89_11D3, low: 0x9A0C_0305_E82C_3301))
    #expect(uuid?.description == Self.example)
  }

  @Test("either case is read, lower case is written")
  func acceptsBothCases() {
    #expect(LedgerUUID(Self.example.uppercased())?.description == Self.example)
    #expect(LedgerUUID("3F2504e0-4f89-11D3-9a0C-0305E82c3301")?.description == Self.example)
    #expect(TenantID(Self.example.uppercased())?.description == Self.example)
  }

  @Test(
    "any other text is rejected",
    arguments: [
      "", "3f2504e04f8911d39a0c0305e82c3301", "{3f2504e0-4f89-11d3-9a0c-0305e82c3301}",
      "3f2504e0-4f89-11d3-9a0c-0305e82c330", "3f2504e0-4f89-11d3-9a0c-0305e82c33011",
      "3f2504e0-4f89-11d3-9a0c-0305e82c330g", "3f2504e0+4f89-11d3-9a0c-0305e82c3301",
      "3f2504e-04f89-11d3-9a0c-0305e82c3301", " f2504e0-4f89-11d3-9a0c-0305e82c3301",
      "３f2504e0-4f89-11d3-9a0c-0305e82c3301", "urn:uuid:3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    ])
  func invalidTextsAreRejected(text: String) {
    #expect(LedgerUUID(text) == nil)
    #expect(TenantID(text) == nil)
  }

  @Test("random UUIDs round trip, in the order of their texts")
  func textRoundTrips() {
    let seed: UInt64 = 5
    var numbers = SeededNumbers(seed: seed)
    var previous = LedgerUUID(high: 0, low: 0)
    for round in 0..<2_000 {
      let high = round % 3 == 0 ? previous.high : numbers.next()
      let uuid = LedgerUUID(high: high, low: numbers.next())
      let isRight =
        LedgerUUID(uuid.description) == uuid
        && (uuid < previous) == (uuid.description < previous.description)
      #expect(isRight, "seed \(seed), \(uuid) after \(previous)")
      previous = uuid
    }
  }

  @Test("the smallest and the greatest round trip")
  func extremeUUIDsRoundTrip() {
    let nil128 = LedgerUUID(high: 0, low: 0)
    let max128 = LedgerUUID(high: .max, low: .max)
    #expect(nil128.description == "00000000-0000-0000-0000-000000000000")
    #expect(max128.description == "ffffffff-ffff-ffff-ffff-ffffffffffff")
    #expect(nil128 < max128)
  }
}
