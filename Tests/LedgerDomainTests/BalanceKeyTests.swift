import LedgerDomain
import TestSupport
import Testing

@Suite("Balance keys")
struct BalanceKeyTests {
  private func randomKey(_ numbers: inout SeededNumbers) -> BalanceKey {
    // Few accounts and currencies now and then, so that the later parts of the key decide too.
    let isNarrow = Bool.random(using: &numbers)
    let account = UInt16.random(in: 0...(isNarrow ? 2 : 9999), using: &numbers)
    let currency = UInt16.random(in: 0...(isNarrow ? 2 : 17_575), using: &numbers)
    let layer = EntryLayer.allCases.randomElement(using: &numbers) ?? .settled
    return BalanceKey(
      account: AccountCode(number: account), currency: CurrencyCode(packed: currency), layer: layer)
  }

  private func texts(_ key: BalanceKey) -> (String, String, String) {
    (key.account.description, key.currency.description, key.layer.code)
  }

  @Test("the numeric order is the order of the three texts")
  func keysSortAsTheirText() {
    let seed: UInt64 = 3
    var numbers = SeededNumbers(seed: seed)
    for _ in 0..<3_000 {
      let (left, right) = (randomKey(&numbers), randomKey(&numbers))
      let isRight =
        (left < right) == (texts(left) < texts(right))
        && (left.packed < right.packed) == (left < right)
      #expect(isRight, "seed \(seed): \(left), \(right)")
    }
  }

  @Test("the packed bits give the three parts back")
  func packedKeyRoundTrips() {
    let seed: UInt64 = 4
    var numbers = SeededNumbers(seed: seed)
    for _ in 0..<3_000 {
      let key = randomKey(&numbers)
      let again = BalanceKey(account: key.account, currency: key.currency, layer: key.layer)
      let pair = CurrencyLayer(currency: key.currency, layer: key.layer)
      let isRight =
        again == key && BalanceKey(packed: key.packed) == key && key.pair == pair
        && pair.currency == key.currency && pair.layer == key.layer && key.packed < 1 << 31
      #expect(isRight, "seed \(seed): \(key)")
    }
  }

  @Test("pairs sort by currency and layer as text")
  func pairsSortAsTheirText() {
    let pairs = ["EUR", "JPY", "USD"].compactMap { CurrencyCode($0) }.flatMap { currency in
      EntryLayer.allCases.map { CurrencyLayer(currency: currency, layer: $0) }
    }
    #expect(pairs == pairs.sorted())
    #expect(pairs.map(\.description) == pairs.map(\.description).sorted())
  }

  @Test("a key and a pair describe themselves")
  func describesKeyAndPair() throws {
    let usd = try #require(CurrencyCode("USD"))
    let key = BalanceKey(account: AccountCode(number: 1100), currency: usd, layer: .settled)
    #expect(key.description == "1100 USD SETTLED")
    #expect(key.pair.description == "USD SETTLED")
  }
}
