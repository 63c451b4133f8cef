import LedgerDomain
import Reconciliation
import Testing

@Suite("Loans of ledger and tape")
struct LoanComparisonTests {
  private static let usd = CurrencyCode(packed: 13_914 + 0)

  private func loan(_ number: UInt64, _ principalMinor: Int64, _ currency: String = "USD")
    -> LoanPrincipal
  {
    LoanPrincipal(
      key: LoanKey(
        loan: LedgerUUID(high: 0, low: number), currency: CurrencyCode(currency) ?? Self.usd),
      principalMinor: principalMinor)
  }

  private func compare(
    _ ledger: [LoanPrincipal], _ tape: [LoanPrincipal], limit: Int = 100
  ) throws -> LoanComparison {
    var rest = tape[...]
    var reader = rest.makeIterator()
    rest = []
    var comparison = LoanComparison(limit: limit) { reader.next() }
    for loan in ledger { try comparison.take(loan) }
    try comparison.finish()
    return comparison
  }

  @Test("differ with their cause, each currency by itself")
  func causes() throws {
    let comparison = try compare(
      [loan(1, 100), loan(2, 9, "EUR"), loan(2, 50), loan(4, 0), loan(5, 0), loan(6, .max)],
      [loan(1, 100), loan(2, 51), loan(3, 7), loan(5, -4), loan(6, .min), loan(7, 0)])
    #expect(
      comparison.differences.map { "\($0.loan.low) \($0.currency) \($0.cause.rawValue)" }
        == [
          "2 EUR only_in_ledger", "2 USD amounts_differ", "3 USD only_on_tape",
          "5 USD amounts_differ", "6 USD amounts_differ",
        ])
    let usd = try #require(comparison.sums[CurrencyCode("USD") ?? Self.usd])
    #expect(usd.counts == [.amountsDiffer: 3, .onlyOnTape: 1])
    #expect(usd.loanCount == 6)
    #expect(usd.ledgerMinor == 150 + Int128(Int64.max))
    #expect(usd.ledgerMinor - usd.tapeMinor == usd.differencesMinor.values.reduce(0, +))
    #expect(comparison.sums[CurrencyCode("EUR") ?? Self.usd]?.counts == [.onlyInLedger: 1])
  }

  @Test("are all counted where only some differences are kept")
  func limit() throws {
    let ledger = (1...50).map { loan($0, 1) }
    for limit in [0, 7, 50, 51] {
      let comparison = try compare(ledger, [], limit: limit)
      #expect(comparison.differences == Array(try compare(ledger, []).differences.prefix(limit)))
      #expect(comparison.sums.values.first?.counts == [.onlyInLedger: 50])
    }
  }

  @Test("agree where both are empty, or of nothing")
  func nothing() throws {
    #expect(try compare([], []).sums.isEmpty)
    #expect(try compare([loan(1, 0)], [loan(2, 0)]).differences.isEmpty)
  }
}

@Suite("The portfolio proof")
struct PortfolioProofTests {
  private func figures(
    principal: Int128, lines: Int128, tape: Int128 = 0,
    counts: [LoanDifferenceCause: (Int, Int128)] = [:]
  ) -> PortfolioProof.Figures {
    var figures = PortfolioProof.Figures()
    figures.principalMinor = principal
    figures.linesMinor = lines
    figures.loans.tapeMinor = tape
    figures.loans.ledgerMinor = lines
    figures.loans.loanCount = 3
    figures.loans.counts = counts.mapValues(\.0)
    figures.loans.differencesMinor = counts.mapValues(\.1)
    return figures
  }

  private func proof(
    _ source: PortfolioRollup.Source, _ figures: PortfolioProof.Figures,
    lines: PortfolioProof.Coverage = .whole, loans: PortfolioProof.Coverage = .whole
  ) throws -> PortfolioProof {
    let usd = try #require(CurrencyCode("USD"))
    return PortfolioProof(source: source, figures: [usd: figures], lines: lines, loans: loans)
  }

  @Test("explains a difference by lines without a loan and by cause")
  func explained() throws {
    let proof = try proof(
      .loanTape,
      figures(
        principal: 1_000, lines: 900, tape: 880,
        counts: [.onlyInLedger: (2, 40), .onlyOnTape: (1, -20)]))
    let tieOut = try #require(proof.tieOuts.first)
    #expect(tieOut.status == .fail)
    #expect(
      (tieOut.expectedMinor, tieOut.actualMinor, tieOut.differenceMinor) == (880, 1_000, 120))
    #expect(
      tieOut.detail.contains(
        "+100 on lines without a loan, opening balances included; +40 of 2 loans only in the ledger; "
          + "-20 of 1 loan only on the tape"))
    #expect(proof.totals.first?.withoutLoanMinor == 100)
    #expect(proof.totals.first?.differenceMinor == 120)
  }

  @Test("fails where loans differ though their sum does not")
  func sameSum() throws {
    let proof = try proof(
      .loanTape,
      figures(principal: 5, lines: 5, tape: 5, counts: [.amountsDiffer: (2, 0)]))
    #expect(proof.tieOuts.map(\.status) == [.fail])
    #expect(proof.tieOuts.first?.differenceMinor == 0)
  }

  @Test("says what is not known where closes kept no loans")
  func partial() throws {
    let lines = try proof(.ledgerLines, figures(principal: 5, lines: 5), lines: .partial)
    #expect(lines.tieOuts.map(\.status) == [.inconclusive])
    #expect(lines.totals.isEmpty)
    for (tape, status) in [(5, .inconclusive), (6, .fail)] as [(Int128, TieOutStatus)] {
      let proof = try proof(
        .loanTape, figures(principal: 5, lines: 1, tape: tape), lines: .partial, loans: .partial)
      #expect(proof.tieOuts.map(\.status) == [status])
      #expect(proof.tieOuts.first?.detail.contains("Backfill a new store") == true)
      #expect(proof.totals.first?.withoutLoanMinor == nil)
    }
  }

  @Test("compares sums past 64 bits, which have no total")
  func wide() throws {
    let large = Int128(Int64.max) * 3
    let same = try proof(.loanTape, figures(principal: large, lines: large, tape: large))
    #expect(same.tieOuts.map(\.status) == [.pass])
    #expect(same.totals.isEmpty)
    let apart = try proof(
      .loanTape,
      figures(principal: Int128(Int64.min), lines: 0, tape: Int128(Int64.max)))
    #expect(apart.tieOuts.map(\.status) == [.fail])
    #expect(apart.totals.isEmpty)
  }

  @Test("passes where there is no principal and no loan")
  func empty() {
    let proof = PortfolioProof(source: .loanTape, figures: [:], lines: .whole, loans: .whole)
    #expect(proof.tieOuts.map(\.status) == [.pass])
  }
}
