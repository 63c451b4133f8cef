import DoubleEntryRules
import LedgerDomain
import TestSupport
import Testing

@Suite("Sequences are unique in an entry")
struct UniqueSequenceRuleTests {
  private let rule = UniqueSequenceRule()

  private func entry(_ sequences: [Int16]) -> SampleEntry {
    var entry = SampleEntry()
    entry.lines = sequences.map { SampleEntry.line("\($0) DR 1100 USD SETTLED 5") }
    return entry
  }

  @Test(
    "distinct sequences of any size keep the rule",
    arguments: [
      [1, 2], [2, 1], [63, 64], [1, 65], [64, 128], [63, 127], [1, 32_767], [32_766, 32_767],
      Array(1...200),
    ] as [[Int16]])
  func distinct(sequences: [Int16]) {
    #expect(rule.findings(of: entry(sequences)).isEmpty)
    #expect(entry(sequences).show { rule.holds(for: $0) })
  }

  @Test(
    "the first line that repeats an earlier one's is reported",
    arguments: [
      ([1, 1], 1), ([1, 2, 1, 2], 2), ([63, 63], 1), ([64, 64], 1), ([1, 64, 1], 2),
      ([64, 1, 1], 2), ([1, 100, 2, 100], 3), ([32_767, 5, 32_767], 2),
      (Array(1...200) + [137], 200),
    ] as [([Int16], Int)])
  func repeated(sequences: [Int16], index: Int) throws {
    let entry = entry(sequences)
    let findings = rule.findings(of: entry)
    let finding = try #require(findings.first)
    #expect(findings.count == 1)
    #expect(finding.code == .duplicateSequence)
    #expect(finding.field == "lines[\(index)].sequence")
    #expect(finding.entry == entry.id)
    #expect(finding.message.contains("sequence \(sequences[index])"))
    #expect(!entry.show { rule.holds(for: $0) })
  }

  @Test("holds exactly if there is no finding, and as a set of the sequences says")
  func agreement() {
    let seed: UInt64 = 106
    var numbers = SeededNumbers(seed: seed)
    for number in 0..<2_000 {
      let most: Int16 = [8, 70, 32_767].randomElement(using: &numbers) ?? 8
      let count = Int.random(in: 0...6, using: &numbers)
      let sequences = (0..<count).map { _ in Int16.random(in: 1...most, using: &numbers) }
      let entry = entry(sequences)
      let isUnique = Set(sequences).count == count
      let agrees = rule.agreesWithItself(on: entry) && rule.findings(of: entry).isEmpty == isUnique
      if !agrees { Issue.record("seed \(seed), entry \(number): \(sequences)") }
    }
  }
}
