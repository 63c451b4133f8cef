import LedgerDomain
import Reconciliation
import Testing

@Suite("The portfolio rollup")
struct PortfolioRollupCheckTests {
  private func figures(
    principal: Int128, lines: Int128, tape: Int128 = 0,
    counts: [LoanDifferenceCause: (Int, Int128)] = [:]
  ) -> PortfolioRollupCheck.Figures {
    var figures = PortfolioRollupCheck.Figures()
    figures.principalMinor = principal
    figures.linesMinor = lines
    figures.loans.tapeMinor = tape
    figures.loans.ledgerMinor = lines
    figures.loans.loanCount = 3
    figures.loans.counts = counts.mapValues(\.0)
    figures.loans.differencesMinor = counts.mapValues(\.1)
    return figures
  }

  private func makeCheck(
    _ source: PortfolioRollup.Source, _ figures: PortfolioRollupCheck.Figures,
    lines: PortfolioRollupCheck.Coverage = .complete,
    loans: PortfolioRollupCheck.Coverage = .complete
  ) throws -> PortfolioRollupCheck {
    let usd = try #require(CurrencyCode("USD"))
    return PortfolioRollupCheck(source: source, figures: [usd: figures], lines: lines, loans: loans)
  }

  @Test("explains a difference by lines without a loan and by cause")
  func differenceIsExplainedByCause() throws {
    let check = try makeCheck(
      .loanTape,
      figures(
        principal: 1_000, lines: 900, tape: 880,
        counts: [.onlyInLedger: (2, 40), .onlyOnTape: (1, -20)]))
    let tieOut = try #require(check.tieOuts.first)
    #expect(tieOut.status == .fail)
    #expect(
      (tieOut.expectedMinor, tieOut.actualMinor, tieOut.differenceMinor) == (880, 1_000, 120))
    #expect(
      tieOut.detail.contains(
        "+100 on lines without a loan, opening balances included; +40 of 2 loans only in the ledger; "
          + "-20 of 1 loan only on the tape"))
    #expect(check.totals.first?.withoutLoanMinor == 100)
    #expect(check.totals.first?.differenceMinor == 120)
  }

  @Test("fails where loans differ though their sum does not")
  func differingLoansFailWithEqualSums() throws {
    let check = try makeCheck(
      .loanTape,
      figures(principal: 5, lines: 5, tape: 5, counts: [.amountsDiffer: (2, 0)]))
    #expect(check.tieOuts.map(\.status) == [.fail])
    #expect(check.tieOuts.first?.differenceMinor == 0)
  }

  @Test("explains which closes recorded no loans")
  func unknownLoansAreInconclusive() throws {
    let lines = try makeCheck(.ledgerLines, figures(principal: 5, lines: 5), lines: .partial)
    #expect(lines.tieOuts.map(\.status) == [.inconclusive])
    #expect(lines.totals.isEmpty)
    for (tape, status) in [(5, .inconclusive), (6, .fail)] as [(Int128, TieOutStatus)] {
      let check = try makeCheck(
        .loanTape, figures(principal: 5, lines: 1, tape: tape), lines: .partial, loans: .partial)
      #expect(check.tieOuts.map(\.status) == [status])
      #expect(check.tieOuts.first?.detail.contains("Backfill a new store") == true)
      #expect(check.totals.first?.withoutLoanMinor == nil)
    }
  }

  @Test("compares sums past 64 bits, which have no total")
  func figuresBeyond64BitsHaveNoTotal() throws {
    let large = Int128(Int64.max) * 3
    let same = try makeCheck(.loanTape, figures(principal: large, lines: large, tape: large))
    #expect(same.tieOuts.map(\.status) == [.pass])
    #expect(same.totals.isEmpty)
    let apart = try makeCheck(
      .loanTape,
      figures(principal: Int128(Int64.min), lines: 0, tape: Int128(Int64.max)))
    #expect(apart.tieOuts.map(\.status) == [.fail])
    #expect(apart.totals.isEmpty)
  }

  @Test("passes where there is no principal and no loan")
  func noPrincipalPasses() {
    let check = PortfolioRollupCheck(
      source: .loanTape, figures: [:], lines: .complete, loans: .complete)
    #expect(check.tieOuts.map(\.status) == [.pass])
  }
}
