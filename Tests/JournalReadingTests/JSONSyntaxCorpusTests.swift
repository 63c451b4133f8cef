import LedgerDomain
import Testing

@testable import JournalReading

@Suite("The corpus of JSON texts")
struct JSONSyntaxCorpusTests {
  private let cases: [CorpusCase]

  init() throws { cases = try Corpus.cases(of: "json-texts.txt") }

  @Test("is read in full")
  func corpusIsComplete() {
    #expect(cases.count >= 250)
    #expect(Set(cases.map(\.verdict)) == ["accept", "reject"])
    #expect(Set(cases.map(\.name)).count == cases.count, "names are unique")
  }

  @Test("is accepted or refused as its verdict says, with a position and a reason")
  func everyTextGetsItsVerdict() {
    var wrong: [String] = []
    for text in cases {
      let fault = JSONSyntax.fault(in: text.text)
      let isRight =
        text.verdict == "accept"
        ? fault == nil
        : fault.map { (0...text.text.count).contains($0.offset) && !$0.reason.isEmpty } == true
      if !isRight { wrong.append("\(text.name), \(text.verdict): \(fault?.reason ?? "no fault")") }
    }
    #expect(wrong == [])
  }

  @Test("gets the same answer as the value of a field that records and lines do not have")
  func everyTextGetsTheSameVerdictInsideARecord() {
    var inRecord = RecordText.least
    inRecord.set("unknown", "?")
    var inLine = RecordText.least
    inLine.set(line: 1, "unknown", "?")
    #expect(differences(in: inRecord, around: "{\"unknown\":?}") == [])
    #expect(differences(in: inLine, around: "[[{\"unknown\":?}]]") == [])
  }

  /// The texts of which the record with the text in place of `?` is no entry, although the other
  /// frame with the text in its place is JSON; and the other way round.
  private func differences(in record: RecordText, around frame: String) -> [String] {
    let recordParts = record.text.split(separator: "?").map { Array($0.utf8) }
    let frameParts = frame.split(separator: "?").map { Array($0.utf8) }
    var decoder = EntryDecoder()
    var different: [String] = []
    for text in cases {
      let reading = decoder.reading(of: recordParts.joined(separator: text.text).map { $0 })
      let fault = JSONSyntax.fault(in: frameParts.joined(separator: text.text).map { $0 })
      let isSame =
        fault == nil ? reading.entry != nil : reading.fault?.code == .malformedJSON
      if !isSame { different.append(text.name) }
    }
    return different
  }
}
