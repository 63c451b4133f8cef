import DailyClose
import LedgerDomain
import TestSupport
import Testing
import Workers

@Suite("The tally of a date")
struct DateTallyTests {
  /// Entries of which some are unbalanced and some repeat an earlier one, equal or changed.
  private func entries(_ count: Int, _ numbers: inout SeededNumbers) -> [SampleEntry] {
    var entries: [SampleEntry] = []
    for _ in 0..<count {
      var entry = SampleEntry.random(days: -4...2, &numbers)
      switch Int.random(in: 0..<6, using: &numbers) {
      case 0: entry.lines[0].amountMinor += 1
      case 1: entry = entries.randomElement(using: &numbers) ?? entry
      case 2: entry.id = entries.randomElement(using: &numbers)?.id ?? entry.id
      default: break
      }
      entries.append(entry)
    }
    return entries
  }

  /// Reads parts as a close does: once for the entries, again for those that repeat one.
  private func day(_ parts: [[SampleEntry]], findingsLimit: Int = 1_000) throws -> DateTally {
    let tallies = parts.indices.map {
      PartTally.sample("part-0000\($0).ndjson", findingsLimit: findingsLimit)
    }
    for (tally, part) in zip(tallies, parts) {
      for (index, entry) in part.enumerated() {
        entry.show { tally.accept($0, record: index + 1, byteOffset: index * 100) }
      }
    }
    let repeated = try DuplicateDetector.duplicateEntries(
      in: tallies.map(\.register), budget: CoreBudget(cores: 1))
    for (index, part) in parts.enumerated() {
      var repeated = repeated[index]
      for (number, entry) in part.enumerated() {
        entry.show { shown in
          guard tallies[index].isAcceptable(shown), let code = repeated.code(for: shown.id) else {
            return
          }
          tallies[index].quarantineDuplicate(
            shown, code: code, record: number + 1, byteOffset: number * 100)
        }
      }
    }
    tallies.forEach { $0.finish() }
    return DateTally(tallies, recordsRead: parts.map(\.count), findingsLimit: findingsLimit)
  }

  /// The entries that count: balanced, and the first of their identifier.
  private func accepted(_ entries: [SampleEntry]) -> [SampleEntry] {
    var seen: Set<JournalEntryID> = []
    return entries.filter { entry in
      entry.lines[0].amountMinor == entry.lines[1].amountMinor && seen.insert(entry.id).inserted
    }
  }

  private func cut(_ entries: [SampleEntry], _ numbers: inout SeededNumbers) -> [[SampleEntry]] {
    let cuts = (0..<3).map { _ in Int.random(in: 0...entries.count, using: &numbers) }.sorted()
    return zip([0] + cuts, cuts + [entries.count]).map { Array(entries[$0..<$1]) }
  }

  @Test("nothing is dropped, and only the first of equal identifiers counts", arguments: 1...30)
  func everyRecordIsAcceptedOrQuarantined(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let entries = entries(200, &numbers)
    let day = try day(cut(entries, &numbers))
    let accepted = accepted(entries)
    let expected = (read: 200, accepted: accepted.count, quarantined: 200 - accepted.count)
    #expect(day.counts == expected, "seed \(seed)")
    var model = MovementModel()
    accepted.forEach { model.add($0) }
    let movements = try day.movements()
    #expect(movements == model.movements, "seed \(seed)")
    let errors = day.findings.summary.filter { $0.code.severity == .error }
    #expect(errors.reduce(0) { $0 + $1.count } == expected.quarantined, "seed \(seed)")
    let ahead = accepted.count { $0.effectiveDate > .sample }
    #expect(day.findings.count(of: .futureEffective) == ahead, "seed \(seed)")
  }

  @Test("the exporter's totals are over every readable record", arguments: 1...10)
  func readableTotalsIncludeQuarantinedRecords(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let entries = entries(100, &numbers)
    let parts = cut(entries, &numbers)
    let day = try day(parts)
    let totals = day.readableTotals(movements: try day.movements())
    var expected: [CurrencyLayer: WideTotals] = [:]
    for line in entries.flatMap(\.lines) {
      expected[line.key.pair, default: WideTotals()].add(line.amountMinor, line.direction)
    }
    #expect((totals.entryCount, totals.lineCount) == (100, 200), "seed \(seed)")
    #expect(totals.controlTotals == expected, "seed \(seed)")
    #expect(day.readableEntries == parts.map(\.count), "seed \(seed)")
  }

  @Test("cut into other parts, the same records give the same date", arguments: 1...10)
  func splittingIntoPartsChangesNothing(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let entries = entries(150, &numbers)
    let whole = try day([entries])
    let inParts = try day(cut(entries, &numbers))
    #expect(whole.input == inParts.input, "seed \(seed)")
    #expect(whole.findings.summary == inParts.findings.summary, "seed \(seed)")
    #expect(try whole.movements() == inParts.movements(), "seed \(seed)")
  }

  @Test("counts stay exact past the limit of findings", arguments: 1...5)
  func findingsLimitKeepsCountsExact(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let entries = entries(150, &numbers)
    let parts = cut(entries, &numbers)
    let all = try day(parts)
    let few = try day(parts, findingsLimit: 4)
    #expect(few.findings.summary.map(\.count) == all.findings.summary.map(\.count), "seed \(seed)")
    #expect(few.findings.summary.allSatisfy { $0.kept <= 4 }, "seed \(seed)")
    #expect(few.counts == all.counts, "seed \(seed)")
  }

  @Test("a date without parts is an empty one")
  func emptyDateHasNoRecords() throws {
    let day = DateTally([], recordsRead: [], findingsLimit: 10)
    #expect(day.counts == (read: 0, accepted: 0, quarantined: 0))
    #expect(try day.movements().isEmpty)
    #expect(day.readableTotals(movements: []).controlTotals == [:])
    #expect(day.input == InputFingerprint())
  }
}
