import DoubleEntryRules
import Foundation
import LedgerDomain
import ReadingTestSupport
import Testing

@testable import JournalReading

@Suite("The corpus of records")
struct RecordCorpusTests {
  private let cases: [CorpusCase]

  init() throws { cases = try Corpus.cases(of: "records.txt") }

  @Test("is read in full")
  func isComplete() {
    #expect(cases.count >= 700)
    let codes = Set(cases.map { $0.verdict.prefix { $0 != ":" } })
    #expect(
      codes == [
        "ok", "malformed_json", "missing_field", "invalid_field", "unknown_currency",
        "tenant_mismatch", "posted_outside_date", "unknown_account", "duplicate_sequence",
        "unbalanced",
      ])
  }

  @Test("gets its verdicts, each record as a part of its own")
  func alone() throws {
    let folder = try ScratchFolder()
    var wrong: [String] = []
    for record in cases where ![[], [0x0D]].contains(record.text) {
      let sink = JudgingSink()
      // As a part, a record may be no text, or begin with a mark that is skipped.
      let sample = ContentSample(record.text)
      if sample.fault(of: record.name) != nil || sample.hasByteOrderMark { continue }
      let part = try folder.part(record.text, name: "part-00000.ndjson")
      let receipt = try PartReader.read(part, limits: ReadLimits(), into: sink)
      if sink.verdicts != [record.verdict] || receipt.records != 1 {
        wrong.append("\(record.name), \(record.verdict): \(sink.verdicts)")
      }
    }
    #expect(wrong == [])
  }

  @Test("gets its verdicts as one part, forwards and backwards: no record marks the next")
  func together() throws {
    let folder = try ScratchFolder()
    for records in [cases, cases.reversed()] {
      let sink = JudgingSink()
      let bytes = records.map { $0.text + [0x0A] }.joined()
      let part = try folder.part(Gzip.member(Array(bytes)), name: "part-00000.ndjson.gz")
      _ = try PartReader.read(part, limits: ReadLimits(), into: sink)
      let pairs = zip(records, sink.verdicts)
      let wrong = pairs.filter { $0.verdict != $1 }.map { "\($0.name): \($1)" }
      #expect(wrong == [])
      #expect(sink.verdicts.count == records.count)
    }
  }

  @Test("gets malformed_json for its texts cut short, wherever that is")
  func cutShort() throws {
    let record = try #require(cases.first { $0.name == "every-field" })
    var decoder = EntryDecoder()
    for count in 1..<(record.text.count - 1) {
      let fault = decoder.reading(of: record.text[..<count]).fault
      #expect(fault?.code == .malformedJSON, "after \(count) bytes")
    }
  }
}

/// Gives each record the verdict of the corpus: the decoder's, else the rules'.
private final class JudgingSink: RecordSink {
  private(set) var verdicts: [String] = []
  private let rules: EntryRules

  init() {
    let debit = [1000, 1100, 1200].map { Self.account($0, .debit) }
    let credit = [2000, 4000].map { Self.account($0, .credit) }
    rules = EntryRules(
      tenant: Sample.tenant, date: Sample.date, seconds: Sample.seconds,
      chart: ChartOfAccounts(debit + credit))
  }

  private static func account(_ number: UInt16, _ side: NormalSide) -> Account {
    Account(code: AccountCode(number: number), name: "\(number)", normalSide: side)
  }

  func accept(_ entry: JournalEntry, at position: RecordPosition) {
    let findings = rules.findings(for: entry)
    #expect(findings.isEmpty == rules.holds(for: entry))
    verdicts.append(findings.first.map(Self.verdict) ?? "ok")
  }

  func reject(
    _ fault: RecordFault, text: UnsafeBufferPointer<UInt8>, at position: RecordPosition
  ) {
    verdicts.append(Self.verdict(fault.finding()))
  }

  func rejectTooLong(bytes: Int, at position: RecordPosition) {
    verdicts.append(FindingCode.recordTooLong.rawValue + ":")
  }

  private static func verdict(_ finding: Finding) -> String {
    "\(finding.code.rawValue):\(finding.field ?? "")"
  }
}
