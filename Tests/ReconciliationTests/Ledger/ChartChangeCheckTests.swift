import LedgerDomain
import Reconciliation
import Testing

@Suite("Chart changes")
struct ChartChangeCheckTests {
  private func account(
    _ number: UInt16, _ name: String, _ side: NormalSide, hasLeft: Bool = false
  ) -> Account {
    Account(
      code: AccountCode(number: number), name: name, normalSide: side, hasLeft: hasLeft)
  }

  private func findings(
    _ rows: [RollforwardRow], now: [Account], before: [Account]
  ) -> [Finding] {
    ChartChangeCheck.findings(
      rows, date: .sample, chart: ChartOfAccounts(now), before: ChartOfAccounts(before))
  }

  private let rows: [RollforwardRow] = [
    .sample("1100 EUR PENDING", opening: .of(3, 0), closing: .of(3, 3)),
    .sample("1100 USD SETTLED", opening: .of(9, 0), closing: .of(10, 4)),
    .sample("2000 USD SETTLED", opening: .of(0, 9), closing: .of(0, 10)),
  ]

  @Test("an unchanged chart has none, nor has one with other accounts without balances")
  func unchanged() {
    let chart = [account(1100, "Loans", .debit), account(2000, "Deposits", .credit)]
    #expect(findings(rows, now: chart, before: chart) == [])
    #expect(
      findings(
        rows, now: chart + [account(9000, "New", .debit)],
        before: chart + [account(8000, "Gone", .debit)]
      ) == [])
    #expect(findings([], now: [], before: chart) == [])
  }

  @Test("a flipped side and another name are found apart, with both values")
  func changed() {
    let found = findings(
      rows, now: [account(1100, "Principal", .credit), account(2000, "Deposits", .credit)],
      before: [account(1100, "Loans", .debit), account(2000, "Deposits", .credit)])
    #expect(found.map(\.code) == [.accountChanged, .accountChanged])
    #expect(found.map(\.field) == ["normal_side", "account_name"])
    #expect(found.allSatisfy { $0.account?.description == "1100" })
    #expect(found[0].message.contains("normal_side was DR, now CR"))
    #expect(found[1].message.contains("account_name was 'Loans', now 'Principal'"))
    #expect(found.allSatisfy { $0.code.severity == .warning })
  }

  @Test("an account that left is found once for each balance that is not zero")
  func left() {
    let (old, gone) = (account(1100, "Loans", .debit), account(2000, "Deposits", .credit))
    let found = findings(rows, now: [old.left, gone], before: [old, gone])
    #expect(found.map(\.code) == [.accountLeftChart])
    #expect(found.first?.currency == CurrencyCode("USD"))
    #expect(found.first?.debitMinor == 10 && found.first?.creditMinor == 4)
    #expect(found.first?.message.contains("1100 USD SETTLED closes 2026-01-05 with 6") == true)
    #expect(found.first?.message.contains("('Loans', DR)") == true)
  }

  @Test("it is not found again while it stays away, but is if it had no balance then")
  func leftBefore() {
    let (loans, deposits) = (
      account(1100, "Loans", .debit, hasLeft: true), account(2000, "Deposits", .credit)
    )
    let chart = [loans, deposits]
    #expect(findings(rows, now: chart, before: chart) == [])
    let woken: [RollforwardRow] = [.sample("1100 USD SETTLED", closing: .of(5, 0))]
    #expect(findings(woken, now: chart, before: chart).map(\.code) == [.accountLeftChart])
    // An older store did not mark it.
    #expect(findings(rows, now: chart, before: [deposits]).map(\.code) == [.accountLeftChart])
    let closed: [RollforwardRow] = [
      .sample("1100 USD SETTLED", opening: .of(5, 0), closing: .of(5, 5))
    ]
    #expect(findings(closed, now: chart, before: [account(1100, "Loans", .debit)]) == [])
  }

  @Test("one that returns with another side is compared with its last one")
  func returned() {
    let found = findings(
      rows, now: [account(1100, "Loans", .credit), account(2000, "Deposits", .credit)],
      before: [
        account(1100, "Loans", .debit, hasLeft: true), account(2000, "Deposits", .credit),
      ])
    #expect(found.map(\.field) == ["normal_side"])
  }

  @Test("a huge name is cut in the sentence")
  func hugeName() throws {
    let found = findings(
      rows, now: [account(1100, String(repeating: "x", count: 1_000_000), .debit)],
      before: [account(1100, "=1+1\n\"", .debit)])
    let message = try #require(found.first?.message)
    #expect(message.count < 500 && message.contains("…'"))
  }
}
