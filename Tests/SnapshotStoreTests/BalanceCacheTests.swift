import LedgerDomain
import Testing

@testable import SnapshotStore

@Suite("Balances that were asked for")
struct BalanceCacheTests {
  private func question(_ number: Int) -> BalanceCache.Question {
    BalanceCache.Question(
      tenant: Int64(number % 7), key: BalanceKey(packed: UInt32(number) << 2),
      date: BusinessDate(dayNumber: Int32(number % 400)))
  }

  @Test("are those of their own question or none, however many share their places")
  func own() {
    var balances = BalanceCache()
    #expect(balances.totals(question(1)) == .none)
    for number in 1...300_000 {
      balances.remember(
        DebitCreditTotals(debitMinor: Int64(number), creditMinor: 0), of: question(number))
    }
    var known = 0
    for number in 1...300_000 {
      guard let totals = balances.totals(question(number)) else { continue }
      known += 1
      #expect(totals?.debitMinor == Int64(number))
    }
    // There are 131,072 places, and chance leaves few of them empty.
    #expect(known > 100_000 && known <= 131_072)
  }

  @Test("are forgotten together, and one that there is not is remembered as that")
  func forgotten() {
    var balances = BalanceCache()
    balances.remember(nil, of: question(1))
    #expect(balances.totals(question(1)) == .some(nil))
    balances.forgetAll()
    #expect(balances.totals(question(1)) == .none)
    balances.remember(DebitCreditTotals(debitMinor: 1, creditMinor: 2), of: question(1))
    #expect(balances.totals(question(1)) == DebitCreditTotals(debitMinor: 1, creditMinor: 2))
  }
}
