import LedgerDomain
import Reconciliation
import Testing

@Suite("Loans of ledger and tape")
struct LoanComparisonTests {
  private func loan(_ number: UInt64, _ principalMinor: Int64, _ currency: String = "USD") throws
    -> LoanPrincipal
  {
    LoanPrincipal(
      key: LoanKey(
        loan: LedgerUUID(high: 0, low: number), currency: try #require(CurrencyCode(currency))),
      principalMinor: principalMinor)
  }

  private func compare(
    _ ledger: [LoanPrincipal], _ tape: [LoanPrincipal], limit: Int = 100
  ) throws -> LoanComparison {
    var rest = tape[...]
    var reader = rest.makeIterator()
    rest = []
    var comparison = LoanComparison(limit: limit) { reader.next() }
    for loan in ledger { try comparison.compare(loan) }
    try comparison.finish()
    return comparison
  }

  @Test("differ with their cause, each currency by itself")
  func differencesHaveCauses() throws {
    let comparison = try compare(
      try [loan(1, 100), loan(2, 9, "EUR"), loan(2, 50), loan(4, 0), loan(5, 0), loan(6, .max)],
      try [loan(1, 100), loan(2, 51), loan(3, 7), loan(5, -4), loan(6, .min), loan(7, 0)])
    #expect(
      comparison.differences.map { "\($0.loan.low) \($0.currency) \($0.cause.rawValue)" }
        == [
          "2 EUR only_in_ledger", "2 USD amounts_differ", "3 USD only_on_tape",
          "5 USD amounts_differ", "6 USD amounts_differ",
        ])
    let dollar = try #require(CurrencyCode("USD"))
    let usd = try #require(comparison.sums[dollar])
    #expect(usd.counts == [.amountsDiffer: 3, .onlyOnTape: 1])
    #expect(usd.loanCount == 6)
    #expect(usd.ledgerMinor == 150 + Int128(Int64.max))
    #expect(usd.ledgerMinor - usd.tapeMinor == usd.differencesMinor.values.reduce(0, +))
    let eur = try #require(CurrencyCode("EUR"))
    #expect(comparison.sums[eur]?.counts == [.onlyInLedger: 1])
  }

  @Test("are all counted where only some differences are kept")
  func limitKeepsCountsExact() throws {
    let ledger = try (1...50).map { try loan($0, 1) }
    for limit in [0, 7, 50, 51] {
      let comparison = try compare(ledger, [], limit: limit)
      #expect(comparison.differences == Array(try compare(ledger, []).differences.prefix(limit)))
      #expect(comparison.sums.values.first?.counts == [.onlyInLedger: 50])
    }
  }

  @Test("agree where both are empty, or of nothing")
  func zeroBalancesDoNotDiffer() throws {
    #expect(try compare([], []).sums.isEmpty)
    #expect(try compare([try loan(1, 0)], [try loan(2, 0)]).differences.isEmpty)
  }
}
