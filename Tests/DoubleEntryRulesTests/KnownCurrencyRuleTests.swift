import DoubleEntryRules
import LedgerDomain
import TestSupport
import Testing

@Suite("Currencies are in ISO 4217")
struct KnownCurrencyRuleTests {
  private let rule = KnownCurrencyRule()

  @Test("every code of ISO 4217 is accepted and every other one is refused")
  func allCodes() {
    var wrong: [CurrencyCode] = []
    var line = SampleEntry.line("1 DR 1100 USD SETTLED 5")
    for packed in 0..<UInt16(CurrencyCode.codeCount) {
      let currency = CurrencyCode(packed: packed)
      line.key = BalanceKey(account: line.key.account, currency: currency, layer: .pending)
      var entry = SampleEntry()
      entry.lines = [line]
      let holds = entry.show { rule.holds(for: $0) }
      if holds != (currency.minorUnitDigits != nil) { wrong.append(currency) }
    }
    #expect(wrong.prefix(5).isEmpty)
  }

  @Test("the first line with an unknown currency is reported")
  func unknown() throws {
    let entry = SampleEntry(
      "1 DR 1100 USD SETTLED 5", "2 CR 2000 ABC SETTLED 5", "3 CR 2000 ZZZ SETTLED 5")
    let findings = rule.findings(of: entry)
    let finding = try #require(findings.first)
    #expect(findings.count == 1)
    #expect(finding.code == .unknownCurrency)
    #expect(finding.field == "lines[1].currency")
    #expect(finding.currency?.description == "ABC")
    #expect(finding.entry == entry.id)
    #expect(finding.message.contains("ABC"))
  }

  @Test("holds exactly if there is no finding")
  func agreement() {
    let seed: UInt64 = 103
    var numbers = SeededNumbers(seed: seed)
    for number in 0..<500 {
      let entry = SampleEntry.random(&numbers)
      if !rule.agreesWithItself(on: entry) { Issue.record("seed \(seed), entry \(number)") }
    }
  }
}
