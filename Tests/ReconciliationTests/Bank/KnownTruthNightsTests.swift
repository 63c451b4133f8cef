import LedgerDomain
import Reconciliation
import Testing

@Suite("Nights of late, repeated and split statements against known truth")
struct KnownTruthNightsTests {
  @Test("end as if everything had been there at once, without a wrong match")
  func nightsEndInTheTruth() throws {
    // Each seed takes as long as several of the other tests.
    for seed in KnownTruthTests.seeds.prefix(max(1, KnownTruthTests.seedCount / 4)) {
      let books = KnownBooks(seed: seed)
      var nights = KnownNights(books: books)
      for (night, statement) in BankDeliveries(books).all {
        let arrival = night * 100 + nights.statements.count
        nights.statements.append((night, StatementDelivery(statement, arrival: arrival)))
      }
      let series = nights.series()
      let breaks = series.days.flatMap(\.breaks)
      #expect(breaks.isEmpty, "seed \(seed): \(breaks)")
      #expect(
        series.days.flatMap(\.items).count
          == books.entries.reduce(0) { $0 + max(1, $1.transactions.count) }, "seed \(seed)")
      let results = try nights.atOnce()
      let isSame = try nights.endAsOne(results)
      #expect(isSame, "seed \(seed)")
      let found = nights.checkTruth(results, "seed \(seed)")
      #expect(found == books.truths.count(where: \.isDetermined), "seed \(seed)")
      try nights.checkSettlement(results, "seed \(seed)")
    }
  }
}
