import DoubleEntryRules
import LedgerDomain
import TestSupport
import Testing

@Suite("The rules of a date, in their order")
struct EntryRulesTests {
  private let rules = EntryRules(
    tenant: .sample, date: BusinessDate(dayNumber: 20_458),
    seconds: 20_458 * 86_400..<20_459 * 86_400, chart: .sample)

  /// What breaks each rule, in the order in which they are checked.
  private static let faults: [(code: FindingCode, apply: @Sendable (inout SampleEntry) -> Void)] = [
    (.unknownCurrency, { $0.lines.append(SampleEntry.line("91 DR 1100 ZZZ SETTLED 0")) }),
    (.tenantMismatch, { $0.tenant = .other }),
    (.postedOutsideDate, { $0.posted.second -= 1 }),
    (.unknownAccount, { $0.lines.append(SampleEntry.line("92 DR 9999 USD SETTLED 0")) }),
    (.duplicateSequence, { $0.lines.append(SampleEntry.line("1 DR 1100 USD SETTLED 0")) }),
    (.unbalanced, { $0.lines.append(SampleEntry.line("93 DR 1100 USD SETTLED 1")) }),
  ]

  private var sound: SampleEntry {
    SampleEntry("1 DR 1100 USD SETTLED 88849", "2 CR 2000 USD SETTLED 88849")
  }

  @Test("a valid entry satisfies all rules")
  func soundEntry() {
    #expect(sound.show { rules.holds(for: $0) })
    #expect(rules.findings(of: sound).isEmpty)
  }

  @Test("every combination of faults is reported by the first of them alone")
  func precedence() {
    for combination in 1..<(1 << Self.faults.count) {
      let broken = Self.faults.indices.filter { combination & 1 << $0 != 0 }
      var entry = sound
      for index in broken { Self.faults[index].apply(&entry) }
      let codes = Set(rules.findings(of: entry).map(\.code))
      #expect(codes == [Self.faults[broken[0]].code], "faults \(broken)")
      #expect(!entry.show { rules.holds(for: $0) }, "faults \(broken)")
    }
  }

  @Test("an unbalanced entry has a finding for each of its pairs")
  func severalFindings() {
    let entry = SampleEntry("1 DR 1100 USD SETTLED 1", "2 CR 2000 EUR SETTLED 1")
    #expect(rules.findings(of: entry).map(\.code) == [.unbalanced, .unbalanced])
  }

  @Test("the order is the order of the codes")
  func order() {
    let codes = Self.faults.map(\.code)
    #expect(codes == codes.sorted { $0.order < $1.order })
  }

  @Test("hold exactly if there is no finding")
  func agreement() {
    let seed: UInt64 = 107
    var numbers = SeededNumbers(seed: seed)
    var soundCount = 0
    for number in 0..<2_000 {
      let entry = SampleEntry.random(&numbers)
      if !rules.agreesWithItself(on: entry) { Issue.record("seed \(seed), entry \(number)") }
      soundCount += rules.findings(of: entry).isEmpty ? 1 : 0
    }
    #expect(soundCount > 50, "\(soundCount) of 2000 are sound")
  }
}
