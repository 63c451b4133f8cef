import DailyClose
import LedgerDomain
import Testing

@Suite("The finding collector")
struct FindingCollectorTests {
  private func finding(_ code: FindingCode, record: Int, _ message: String = "") -> Finding {
    var finding = Finding(code, message: message)
    finding.record = record
    return finding
  }

  private func collector(limit: Int, _ findings: [(FindingCode, Int)]) -> FindingCollector {
    var collector = FindingCollector(limit: limit)
    for (code, record) in findings { collector.add(finding(code, record: record)) }
    return collector
  }

  private func places(_ collector: FindingCollector) -> [String] {
    collector.kept.map { "\($0.code.rawValue) \($0.record ?? 0)" }
  }

  @Test("keep the first of each code and count them all")
  func keepsFirstFindingsOfEachCode() {
    let collector = collector(
      limit: 2, [(.backdated, 1), (.unbalanced, 2), (.backdated, 3), (.backdated, 4)])
    #expect(places(collector) == ["backdated 1", "unbalanced 2", "backdated 3"])
    #expect(collector.count(of: .backdated) == 3)
    #expect(collector.count(of: .unbalanced) == 1)
    #expect(collector.count(of: .lockedPeriod) == 0)
    #expect(
      collector.summary == [
        FindingCount(code: .unbalanced, count: 1, kept: 1),
        FindingCount(code: .backdated, count: 3, kept: 2),
      ])
  }

  @Test("a limit of zero keeps none and still counts")
  func limitOfZeroStillCounts() {
    let collector = collector(limit: 0, [(.backdated, 1), (.backdated, 2)])
    #expect(collector.kept.isEmpty)
    #expect(collector.summary == [FindingCount(code: .backdated, count: 2, kept: 0)])
  }

  @Test("merging goes on with the next part: exact counts, and the first ones kept")
  func mergeAddsCounts() {
    var first = collector(limit: 3, [(.backdated, 1), (.unbalanced, 2)])
    first.merge(
      collector(limit: 3, (1...5).map { (.backdated, $0 * 10) } + [(.lockedPeriod, 60)]))
    #expect(
      places(first) == [
        "backdated 1", "unbalanced 2", "backdated 10", "backdated 20", "locked_period 60",
      ])
    #expect(first.count(of: .backdated) == 6)
    #expect(first.summary.map(\.kept) == [1, 1, 3])
    first.merge(FindingCollector(limit: 3))
    #expect(first.summary.map(\.count) == [1, 1, 6])
  }

  @Test("what is withdrawn is neither counted nor kept; errors of the record stay")
  func withdrawnFindingsAreNotCounted() {
    var collector = collector(
      limit: 10, [(.backdated, 1), (.lockedPeriod, 1), (.backdated, 2), (.futureEffective, 3)])
    collector.withdraw(record: 1, codes: [.lockedPeriod, .backdated])
    collector.add(finding(.duplicateEntry, record: 1))
    collector.withdraw(record: 3, codes: [])
    collector.finish()
    #expect(places(collector) == ["duplicate_entry 1", "backdated 2", "future_effective 3"])
    #expect(
      collector.summary == [
        FindingCount(code: .duplicateEntry, count: 1, kept: 1),
        FindingCount(code: .futureEffective, count: 1, kept: 1),
        FindingCount(code: .backdated, count: 1, kept: 1),
      ])
  }

  @Test("what was past the limit is counted down all the same")
  func withdrawalPastLimitReducesCount() {
    var collector = collector(limit: 1, [(.backdated, 1), (.backdated, 2), (.backdated, 3)])
    collector.withdraw(record: 3, codes: [.backdated])
    collector.finish()
    #expect(collector.summary == [FindingCount(code: .backdated, count: 2, kept: 1)])
    #expect(places(collector) == ["backdated 1"])
  }

  @Test("a code whose findings are all withdrawn is not in the summary")
  func withdrawnCodeIsNotInSummary() {
    var collector = collector(limit: 5, [(.backdated, 1)])
    collector.withdraw(record: 1, codes: [.backdated])
    collector.finish()
    #expect(collector.summary.isEmpty)
    #expect(collector.kept.isEmpty)
  }

  @Test("findings are sorted by record, then by code")
  func findingsAreOrderedByRecord() {
    var collector = collector(
      limit: 9, [(.backdated, 2), (.lockedPeriod, 2), (.unbalanced, 9), (.duplicateEntry, 1)])
    collector.finish()
    #expect(
      places(collector) == ["duplicate_entry 1", "locked_period 2", "backdated 2", "unbalanced 9"])
  }
}
