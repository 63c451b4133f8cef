import LedgerDomain
import Testing

@Suite("Charts of accounts")
struct ChartOfAccountsTests {
  private func account(_ number: UInt16, _ name: String) -> Account {
    Account(code: AccountCode(number: number), name: name, normalSide: .debit)
  }

  @Test("has its accounts in the order of their codes, and no other")
  func findsAccountsByCode() {
    let chart = ChartOfAccounts([
      account(9999, "Last"), account(0, "First"), account(1100, "Loans"),
    ])
    #expect(chart.accounts.map(\.name) == ["First", "Loans", "Last"])
    let found = (0...9999 as ClosedRange<UInt16>).filter { chart.contains(AccountCode(number: $0)) }
    #expect(found == [0, 1100, 9999])
    #expect(chart[AccountCode(number: 1100)]?.name == "Loans")
    #expect(chart[AccountCode(number: 1101)] == nil)
  }

  @Test("of two accounts with one code the later one is kept")
  func laterAccountReplacesEarlier() {
    let chart = ChartOfAccounts([account(1100, "Old"), account(1100, "New")])
    #expect(chart.accounts.map(\.name) == ["New"])
  }

  @Test("can be empty, or hold all ten thousand codes")
  func emptyAndFullChartsWork() {
    #expect(ChartOfAccounts([]).accounts.isEmpty)
    #expect(!ChartOfAccounts([]).contains(AccountCode(number: 0)))
    let all = ChartOfAccounts((0...9999).map { account($0, "A") })
    #expect(all.accounts.count == 10_000)
    #expect(all[AccountCode(number: 9999)]?.code.number == 9999)
  }

  @Test("accounts that left are found, but no entry may use them")
  func keepsAccountsThatLeft() {
    let chart = ChartOfAccounts([account(1100, "Loans"), account(9999, "Last")])
    let kept = chart.keeping([account(0, "Gone"), account(1100, "Old name"), account(1200, "Gone")])
    #expect(kept.accounts.map(\.code.number) == [0, 1100, 1200, 9999])
    #expect(kept.accounts.map(\.hasLeft) == [true, false, true, false])
    let usable = (0...9999 as ClosedRange<UInt16>).filter {
      kept.contains(AccountCode(number: $0))
    }
    #expect(usable == [1100, 9999])
    #expect(kept[AccountCode(number: 1200)]?.name == "Gone")
    #expect(kept[AccountCode(number: 0)]?.hasLeft == true)
    #expect(kept[AccountCode(number: 1100)]?.name == "Loans")
    #expect(kept[AccountCode(number: 1)] == nil)
    let all = ChartOfAccounts([]).keeping((0...9999).map { account($0, "A") })
    #expect(all[AccountCode(number: 9999)]?.code.number == 9999)
    #expect(!all.contains(AccountCode(number: 9999)))
  }
}
