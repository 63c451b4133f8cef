import DoubleEntryRules
import LedgerDomain
import TestSupport
import Testing

@Suite("Accounts are in the chart")
struct KnownAccountRuleTests {
  private let rule = KnownAccountRule(chart: .sample)

  @Test("an entry of the chart's accounts has no finding")
  func known() {
    let entry = SampleEntry("1 DR 1100 USD SETTLED 5", "2 CR 2000 USD SETTLED 5")
    #expect(rule.findings(of: entry).isEmpty)
  }

  @Test("the first line with another account is reported, with its amount on its side")
  func unknown() throws {
    let entry = SampleEntry(
      "1 DR 1100 USD SETTLED 5", "2 CR 2001 EUR PENDING 6", "3 DR 9999 USD SETTLED 1")
    let findings = rule.findings(of: entry)
    let finding = try #require(findings.first)
    #expect(findings.count == 1)
    #expect(finding.code == .unknownAccount)
    #expect(finding.field == "lines[1].account_code")
    #expect(finding.account?.description == "2001")
    #expect(finding.currency == CurrencyCode("EUR"))
    #expect(finding.layer == .pending)
    #expect((finding.debitMinor, finding.creditMinor) == (nil, 6))
    #expect(finding.entry == entry.id)
    #expect(finding.message.contains("2001"))
  }

  @Test("a debit's amount is reported as a debit")
  func debit() {
    let finding = rule.findings(of: SampleEntry("1 DR 0001 USD SETTLED 7")).first
    #expect(finding?.field == "lines[0].account_code")
    #expect(finding?.account?.description == "0001")
    #expect((finding?.debitMinor, finding?.creditMinor) == (7, nil))
  }

  @Test("an empty chart knows no account")
  func emptyChart() {
    let entry = SampleEntry("1 DR 1100 USD SETTLED 5")
    #expect(KnownAccountRule(chart: ChartOfAccounts([])).findings(of: entry).count == 1)
  }

  @Test("holds exactly if there is no finding")
  func agreement() {
    let seed: UInt64 = 102
    var numbers = SeededNumbers(seed: seed)
    for number in 0..<500 {
      let entry = SampleEntry.random(&numbers)
      let isKnown = entry.lines.allSatisfy { $0.key.account.number == 1100 }
      let agrees = rule.agreesWithItself(on: entry) && rule.findings(of: entry).isEmpty == isKnown
      if !agrees { Issue.record("seed \(seed), entry \(number)") }
    }
  }
}
