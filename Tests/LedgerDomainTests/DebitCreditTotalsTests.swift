import LedgerDomain
import Testing

@Suite("Debit and credit totals")
struct DebitCreditTotalsTests {
  private func totals(_ debitMinor: Int64, _ creditMinor: Int64) -> DebitCreditTotals {
    DebitCreditTotals(debitMinor: debitMinor, creditMinor: creditMinor)
  }

  @Test("are added side by side and never netted")
  func addsSidesSeparately() {
    #expect(totals(88_849, 0).adding(totals(1, 88_850)) == totals(88_850, 88_850))
    #expect(totals(1, 2).adding(.zero) == totals(1, 2))
    #expect(totals(.max, .max).adding(.zero) == totals(.max, .max))
    #expect(totals(.max - 1, 0).adding(totals(1, .max)) == totals(.max, .max))
  }

  @Test("give nil where either side passes 2^63 − 1")
  func overflowReturnsNil() {
    #expect(totals(.max, 0).adding(totals(1, 0)) == nil)
    #expect(totals(0, .max).adding(totals(0, 1)) == nil)
    #expect(totals(.max, .max).adding(totals(.max, .max)) == nil)
    #expect(totals(0, .max).adding(totals(.max, 1)) == nil)
  }

  @Test("are netted towards the normal side, down to −(2^63 − 1)")
  func netsOnNormalSide() {
    #expect(totals(500, 200).normalBalanceMinor(on: .debit) == 300)
    #expect(totals(500, 200).normalBalanceMinor(on: .credit) == -300)
    #expect(totals(0, .max).normalBalanceMinor(on: .debit) == -Int64.max)
    #expect(totals(.max, 0).normalBalanceMinor(on: .credit) == -Int64.max)
    #expect(DebitCreditTotals.zero.normalBalanceMinor(on: .debit) == 0)
  }
}
