import LedgerDomain
import Testing

@testable import SnapshotStore

@Suite("The balance cache")
struct BalanceCacheTests {
  private func key(_ number: Int) -> BalanceCache.Key {
    BalanceCache.Key(
      tenant: Int64(number % 7), balance: BalanceKey(packed: UInt32(number) << 2),
      date: BusinessDate(dayNumber: Int32(number % 400)))
  }

  @Test("returns the balance of the key itself or nothing, however many keys share its slot")
  func collidingKeysNeverReturnEachOthersBalances() {
    var cache = BalanceCache()
    #expect(cache.totals(key(1)) == .none)
    for number in 1...300_000 {
      cache.store(DebitCreditTotals(debitMinor: Int64(number), creditMinor: 0), for: key(number))
    }
    var cached = 0
    for number in 1...300_000 {
      guard let totals = cache.totals(key(number)) else { continue }
      cached += 1
      #expect(totals?.debitMinor == Int64(number))
    }
    // There are 131,072 slots, few of which stay empty by chance.
    #expect(cached > 100_000 && cached <= 131_072)
  }

  @Test("drops all entries at once, and caches that a balance does not exist")
  func invalidatingDropsEveryEntry() {
    var cache = BalanceCache()
    cache.store(nil, for: key(1))
    #expect(cache.totals(key(1)) == .some(nil))
    cache.invalidate()
    #expect(cache.totals(key(1)) == .none)
    cache.store(DebitCreditTotals(debitMinor: 1, creditMinor: 2), for: key(1))
    #expect(cache.totals(key(1)) == DebitCreditTotals(debitMinor: 1, creditMinor: 2))
  }
}
