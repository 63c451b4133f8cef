import DoubleEntryRules
import LedgerDomain
import TestSupport
import Testing

@Suite("Debits equal credits")
struct BalancedEntryRuleTests {
  private let rule = BalancedEntryRule()
  private static let most = Int64.max

  @Test("in an entry of one pair, of several, and of amounts of zero")
  func balanced() {
    let entries = [
      SampleEntry("1 DR 1100 USD SETTLED 88849", "2 CR 2000 USD SETTLED 88849"),
      SampleEntry(
        "1 DR 1100 USD SETTLED 5", "2 CR 2000 USD SETTLED 2", "3 CR 2000 USD SETTLED 3",
        "4 DR 1100 EUR PENDING 7", "5 CR 2000 EUR PENDING 7"),
      SampleEntry("1 DR 1100 USD SETTLED 0", "2 CR 2000 USD SETTLED 0"),
      SampleEntry("1 DR 1100 USD SETTLED 0", "2 DR 2000 EUR PENDING 0"),
    ]
    for entry in entries { #expect(rule.findings(of: entry).isEmpty) }
  }

  @Test("is reported for each currency and layer with both sums and the difference")
  func unbalanced() throws {
    let entry = SampleEntry("1 DR 1100 USD SETTLED 100", "2 CR 2000 USD SETTLED 130")
    let finding = try #require(rule.findings(of: entry).first)
    #expect(finding.code == .unbalanced)
    #expect(finding.entry == entry.id)
    #expect(finding.currency == CurrencyCode("USD"))
    #expect(finding.layer == .settled)
    #expect((finding.debitMinor, finding.creditMinor) == (100, 130))
    #expect((finding.field, finding.account) == (nil, nil))
    #expect(finding.message.contains("differ by -30"))
  }

  @Test("within a currency: equal sums over two currencies do not balance")
  func perCurrency() {
    let entry = SampleEntry("1 DR 1100 USD SETTLED 100", "2 CR 2000 EUR SETTLED 100")
    let findings = rule.findings(of: entry)
    #expect(findings.map(\.currency) == [CurrencyCode("EUR"), CurrencyCode("USD")])
    #expect(findings.map(\.debitMinor) == [0, 100])
    #expect(findings.map(\.creditMinor) == [100, 0])
  }

  @Test("within a layer: equal sums over two layers do not balance")
  func perLayer() {
    let entry = SampleEntry(
      "1 DR 1100 USD SETTLED 100", "2 CR 2000 USD PENDING 100", "3 DR 1100 USD ENCUMBRANCE 1",
      "4 CR 2000 USD ENCUMBRANCE 1")
    #expect(rule.findings(of: entry).map(\.layer) == [.pending, .settled])
  }

  @Test("even where sums pass 2^63 − 1 on the way")
  func wideAndBalanced() {
    let entry = SampleEntry(
      "1 DR 1100 USD SETTLED \(Self.most)", "2 DR 1100 USD SETTLED \(Self.most)",
      "3 DR 1100 USD SETTLED 2", "4 CR 2000 USD SETTLED \(Self.most)", "5 CR 2000 USD SETTLED 2",
      "6 CR 2000 USD SETTLED \(Self.most)")
    #expect(entry.show { rule.holds(for: $0) })
    #expect(rule.findings(of: entry).isEmpty)
  }

  @Test("a sum that would wrap round to the other one does not balance")
  func wrapping() throws {
    // 2 × (2^63 − 1) + 2 is 2^64, which 64 bits would take for zero.
    let entry = SampleEntry(
      "1 DR 1100 USD SETTLED \(Self.most)", "2 DR 1100 USD SETTLED \(Self.most)",
      "3 DR 1100 USD SETTLED 2", "4 CR 2000 USD SETTLED 0")
    #expect(!entry.show { rule.holds(for: $0) })
    let finding = try #require(rule.findings(of: entry).first)
    #expect((finding.debitMinor, finding.creditMinor) == (nil, 0))
    #expect(finding.message.contains("18446744073709551616"))
  }

  @Test("holds exactly if there is no finding")
  func agreement() {
    let seed: UInt64 = 101
    var numbers = SeededNumbers(seed: seed)
    var balancedCount = 0
    for number in 0..<2_000 {
      let entry = SampleEntry.random(&numbers)
      if !rule.agreesWithItself(on: entry) { Issue.record("seed \(seed), entry \(number)") }
      let isBalanced = naiveSums(entry).values.allSatisfy { $0 == 0 }
      if rule.findings(of: entry).isEmpty != isBalanced {
        Issue.record("seed \(seed), entry \(number)")
      }
      balancedCount += isBalanced ? 1 : 0
    }
    #expect((200...1_800).contains(balancedCount), "\(balancedCount) of 2000 are balanced")
  }

  @Test("holds for entries of many lines as for those of few")
  func manyLines() {
    let seed: UInt64 = 108
    var numbers = SeededNumbers(seed: seed)
    for number in 0..<200 {
      var entry = SampleEntry()
      let size = Int.random(in: 10...60, using: &numbers)
      while entry.lines.count < size { entry.lines += SampleEntry.random(&numbers).lines }
      if Bool.random(using: &numbers) { entry.balance() }
      let isBalanced = naiveSums(entry).values.allSatisfy { $0 == 0 }
      let agrees =
        rule.agreesWithItself(on: entry) && rule.findings(of: entry).isEmpty == isBalanced
      if !agrees { Issue.record("seed \(seed), entry \(number) of \(entry.lines.count) lines") }
    }
  }

  /// Debits less credits by the text of currency and layer.
  private func naiveSums(_ entry: SampleEntry) -> [String: Int128] {
    var sums: [String: Int128] = [:]
    for line in entry.lines {
      let amount = Int128(line.amountMinor)
      sums["\(line.key.currency) \(line.key.layer.code)", default: 0] +=
        line.direction == .debit ? amount : -amount
    }
    return sums
  }
}
