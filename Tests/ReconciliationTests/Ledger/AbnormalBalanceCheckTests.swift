import LedgerDomain
import Reconciliation
import Testing

@Suite("Abnormal balances")
struct AbnormalBalanceCheckTests {
  private let chart = ChartOfAccounts([
    Account(code: AccountCode(number: 1100), name: "Loans", normalSide: .debit),
    Account(code: AccountCode(number: 2000), name: "Deposits", normalSide: .credit),
  ])

  private func findings(_ rows: [RollforwardRow]) -> [Finding] {
    AbnormalBalanceCheck.findings(rows, chart: chart, date: .sample)
  }

  @Test("a balance on its account's normal side, or of zero, has no finding")
  func normalBalancesHaveNoFinding() {
    #expect(
      findings([
        .sample("1100 USD SETTLED", closing: .of(10, 4)),
        .sample("1100 USD PENDING", closing: .zero),
        .sample("2000 USD SETTLED", closing: .of(4, 10)),
        .sample("2000 USD PENDING", closing: .of(4, 4)),
      ]).isEmpty)
  }

  @Test("one on the other side is found, whichever side that is")
  func abnormalBalancesAreReported() throws {
    let findings = findings([
      .sample("1100 USD SETTLED", closing: .of(4, 10)),
      .sample("2000 EUR PENDING", closing: .of(9, 2)),
    ])
    let first = try #require(findings.first)
    #expect(findings.map(\.code) == [.abnormalBalance, .abnormalBalance])
    #expect(first.account?.description == "1100")
    #expect(first.currency == CurrencyCode("USD"))
    #expect(first.layer == .settled)
    #expect((first.debitMinor, first.creditMinor) == (4, 10))
    #expect(first.message.contains("with -6 minor units on its normal side, DR"))
    #expect(findings[1].message.contains("2000 EUR PENDING closes 2026-01-05 with -7"))
    #expect((first.file, first.record, first.entry) == (nil, nil, nil))
  }

  @Test("the greatest balance on the wrong side is found too")
  func extremeBalancesDoNotOverflow() {
    #expect(findings([.sample("1100 USD SETTLED", closing: .of(0, .max))]).count == 1)
  }

  @Test("only the closing counts, and an account that is not in the chart has no normal side")
  func unknownAccountsAreIgnored() {
    #expect(
      findings([
        .sample("1100 USD SETTLED", opening: .of(0, 9), movement: .of(9, 0), closing: .of(9, 9)),
        .sample("9999 USD SETTLED", closing: .of(0, 9)),
      ]).isEmpty)
  }
}
