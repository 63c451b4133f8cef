import LedgerDomain
import Reconciliation
import Testing

@Suite("Debits equal credits over the day and over all balances")
struct DoubleEntryCheckTests {
  private func movement(_ key: String, _ totals: DebitCreditTotals, day: Int = 0) -> Movement {
    Movement(
      key: .sample(key), effectiveDate: .sample.advanced(by: day), totals: totals, lineCount: 1)
  }

  private func tieOuts(
    unbalanced: Int = 0, _ movements: [Movement] = [], _ rows: [RollforwardRow] = []
  ) -> [TieOut] {
    DoubleEntryCheck.tieOuts(unbalancedCount: unbalanced, movements: movements, rollforward: rows)
  }

  @Test("passes where each pair balances, in movements of any date")
  func balancedBooksPass() {
    let tieOuts = tieOuts(
      [
        movement("1100 USD SETTLED", .of(100, 0)), movement("2000 USD SETTLED", .of(0, 60)),
        movement("2000 USD SETTLED", .of(0, 40), day: 5), movement("1100 EUR PENDING", .of(7, 7)),
      ],
      [
        .sample("1100 USD SETTLED", closing: .of(900, 0)),
        .sample("2000 USD SETTLED", closing: .of(100, 1_000)),
      ])
    #expect(
      tieOuts.map(\.scope) == [
        "entries", "day EUR PENDING", "day USD SETTLED", "balances USD SETTLED",
      ])
    #expect(tieOuts.allSatisfy { $0.status == .pass && $0.check == .doubleEntry })
    #expect(tieOuts.only("balances USD SETTLED")?.expectedMinor == 1_000)
  }

  @Test("fails for each unbalanced finding")
  func unbalancedEntriesFail() {
    let tieOuts = tieOuts(unbalanced: 3)
    #expect(tieOuts.only("entries")?.differenceMinor == 3)
    #expect(tieOuts.status(of: .doubleEntry) == .fail)
  }

  @Test("differences are credits less debits, pair by pair")
  func differencesFailByCurrencyAndLayer() {
    let tieOuts = tieOuts(
      [
        movement("1100 USD SETTLED", .of(100, 0)), movement("2000 USD PENDING", .of(0, 100)),
        movement("2000 EUR SETTLED", .of(30, 10)),
      ], [.sample("1100 USD SETTLED", closing: .of(5, 6))])
    #expect(tieOuts.only("day USD SETTLED")?.differenceMinor == -100)
    #expect(tieOuts.only("day USD PENDING")?.differenceMinor == 100)
    #expect(tieOuts.only("day EUR SETTLED")?.differenceMinor == -20)
    #expect(tieOuts.only("balances USD SETTLED")?.differenceMinor == 1)
    #expect(tieOuts.count { $0.status == .fail } == 4)
  }

  @Test("sums past 64 bits are compared exactly")
  func sumsBeyond64BitsAreCompared() {
    let accounts = (1100...1102).map { "\($0) USD SETTLED" }
    let balanced = accounts.map { movement($0, .of(.max, .max)) }
    #expect(tieOuts(balanced).status(of: .doubleEntry) == .pass)
    let off = tieOuts(balanced + [movement("1200 USD SETTLED", .of(0, 1))])
    #expect(off.only("day USD SETTLED")?.differenceMinor == 1)
    #expect(off.only("day USD SETTLED")?.expectedMinor == nil)
  }

  @Test("an empty day passes")
  func emptyBooksPass() {
    #expect(tieOuts().map(\.status) == [.pass])
  }
}
