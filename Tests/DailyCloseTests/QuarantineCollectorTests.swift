import DailyClose
import LedgerDomain
import Testing

@Suite("The quarantine collector")
struct QuarantineCollectorTests {
  private let pair = BalanceKey.sample("1100 USD SETTLED").pair

  private func collector(
    limit: Int, file: String = "a", _ records: [(FindingCode, Int, Int64?)]
  ) -> QuarantineCollector {
    var collector = QuarantineCollector(limit: limit)
    for (code, number, amountMinor) in records {
      let lines = amountMinor.map {
        [SampleEntry.line("1 DR 1100 USD SETTLED \($0)"), .init(like: $0)]
      }
      let place = RecordPlace(file: file, record: number)
      if let lines {
        lines.withUnsafeBufferPointer { collector.add(code, at: place, entry: nil, lines: $0) }
      } else {
        collector.add(code, at: place, entry: nil, lines: nil)
      }
    }
    return collector
  }

  private func places(_ collector: QuarantineCollector) -> [String] {
    collector.records.map { "\($0.code.rawValue) \($0.place)" }
  }

  @Test("counts and adds up every record, and keeps the first of each code")
  func countsAreExactAndFirstAreKept() throws {
    let collector = collector(
      limit: 2,
      [(.unbalanced, 1, 5), (.malformedJSON, 2, nil), (.unbalanced, 3, 7), (.unbalanced, 4, 11)])
    #expect(places(collector) == ["malformed_json a:2", "unbalanced a:1", "unbalanced a:3"])
    let counts = collector.counts
    #expect(counts.map(\.code) == [.malformedJSON, .unbalanced])
    #expect(counts.map(\.sum.records) == [1, 3])
    #expect(counts.map(\.sum.readable) == [0, 3])
    #expect(counts.map(\.kept) == [1, 2])
    #expect(counts[0].sum.totals.isEmpty)
    #expect(counts[1].sum.totals[pair]?.narrowed == .of(23, 23))
    #expect(collector.records[1].totals.map(\.totals.narrowed) == [.of(5, 5)])
  }

  @Test("a record found later can still be among the first")
  func lateRecordIsKeptInOrder() {
    let late = collector(
      limit: 2,
      [(.conflictingDuplicate, 5, 1), (.conflictingDuplicate, 9, 1), (.conflictingDuplicate, 2, 1)])
    #expect(places(late) == ["conflicting_duplicate a:2", "conflicting_duplicate a:5"])
    #expect(late.counts.map(\.sum.records) == [3])
  }

  @Test("merging goes on with the next part")
  func mergeAddsParts() {
    var first = collector(limit: 2, [(.unbalanced, 8, 1)])
    first.merge(
      collector(
        limit: 2, file: "b", [(.unbalanced, 1, 2), (.unbalanced, 2, 4), (.malformedJSON, 3, nil)]))
    first.merge(QuarantineCollector(limit: 2))
    #expect(places(first) == ["malformed_json b:3", "unbalanced a:8", "unbalanced b:1"])
    #expect(first.counts.map(\.sum.records) == [1, 3])
    #expect(first.counts[1].sum.totals[pair]?.narrowed == .of(7, 7))
  }

  @Test("sums pass 64 bits, and a record without an amount adds none")
  func extremeAmountsAreAddedUp() {
    let collector = collector(
      limit: 0, [(.unbalanced, 1, .max), (.unbalanced, 2, .max), (.unknownAccount, 3, 0)])
    let counts = collector.counts
    #expect(collector.records.isEmpty)
    #expect(counts[0].sum.totals.isEmpty)
    #expect(counts[0].sum.readable == 1)
    #expect(counts[1].sum.totals[pair]?.debitMinor == 2 * Int128(Int64.max))
  }

  @Test("a tally collects each record once, with the first error as its reason")
  func tallyCollectsRecords() {
    let tally = PartTally.sample()
    var entry = SampleEntry(
      "1 DR 1100 USD SETTLED 5", "2 CR 1101 USD SETTLED 7", "3 DR 1100 EUR SETTLED 1",
      "4 CR 1101 EUR SETTLED 2")
    entry.show { tally.accept($0, record: 1, byteOffset: 0) }
    entry.lines = [
      SampleEntry.line("1 DR 1100 USD SETTLED 5"), SampleEntry.line("2 CR 1101 USD SETTLED 5"),
    ]
    entry.show { tally.accept($0, record: 2, byteOffset: 9) }
    entry.show { tally.accept($0, record: 3, byteOffset: 19) }
    entry.show {
      tally.quarantineDuplicate($0, code: .duplicateEntry, record: 3, byteOffset: 19)
    }
    tally.quarantineUnreadable(
      Finding(.malformedJSON, message: "No JSON."), readableLines: nil, fingerprint: 1,
      byteCount: 3, record: 4, byteOffset: 29)
    tally.finish()
    let date = DateTally([tally], recordsRead: [4], findingsLimit: 10)
    #expect(tally.findings.count(of: .unbalanced) == 2)
    let file = "part-00000.ndjson"
    #expect(
      places(date.quarantined) == [
        "malformed_json \(file):4", "unbalanced \(file):1", "duplicate_entry \(file):3",
      ])
    #expect(date.quarantined.records[1].entry == entry.id)
    #expect(
      date.quarantined.records[1].totals.map { "\($0.pair) \($0.totals.debitMinor)" } == [
        "EUR SETTLED 1", "USD SETTLED 5",
      ])
  }
}

extension JournalLine {
  /// The credit that balances a debit.
  fileprivate init(like amountMinor: Int64) {
    self = SampleEntry.line("2 CR 1101 USD SETTLED \(amountMinor)")
  }
}
