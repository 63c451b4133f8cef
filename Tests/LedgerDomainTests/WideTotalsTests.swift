import LedgerDomain
import Testing

@Suite("Wide totals")
struct WideTotalsTests {
  @Test("take lines on their side")
  func lines() {
    var totals = WideTotals()
    totals.add(700, .debit)
    totals.add(300, .credit)
    totals.add(1, .debit)
    #expect((totals.debitMinor, totals.creditMinor) == (701, 300))
    #expect(totals.narrowed == DebitCreditTotals(debitMinor: 701, creditMinor: 300))
  }

  @Test("hold sums past 64 bits, which do not narrow")
  func wide() {
    var totals = WideTotals()
    for _ in 0..<1_000 { totals.add(.max, .credit) }
    #expect(totals.creditMinor == Int128(Int64.max) * 1_000)
    #expect(totals.debitMinor == 0)
    #expect(totals.narrowed == nil)
  }

  @Test("narrow up to 2^63 − 1 on both sides, and not past it on either")
  func limits() {
    let most = DebitCreditTotals(debitMinor: .max, creditMinor: .max)
    var totals = WideTotals()
    totals.add(most)
    #expect(totals.narrowed == most)
    var (debits, credits) = (totals, totals)
    debits.add(1, .debit)
    credits.add(1, .credit)
    #expect(debits.narrowed == nil)
    #expect(credits.narrowed == nil)
  }

  @Test("add up whatever order the parts come in")
  func merging() {
    var (left, right) = (WideTotals(), WideTotals())
    left.add(DebitCreditTotals(debitMinor: .max, creditMinor: 5))
    right.add(DebitCreditTotals(debitMinor: .max, creditMinor: 6))
    var (one, other) = (left, right)
    one.add(right)
    other.add(left)
    #expect(one == other)
    #expect((one.debitMinor, one.creditMinor) == (Int128(Int64.max) * 2, 11))
  }
}
