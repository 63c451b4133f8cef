import Foundation
import LedgerDomain
import Testing

@testable import Reports

@Suite("The pages of a pack")
struct PackPageTests {
  @Test("say how the month stands, and that the books are proved")
  func verdictAndProof() throws {
    let open = try read { try $0.writePage() }
    #expect(open.contains("<h1><time datetime=\"2026-01\">January 2026</time></h1>"))
    #expect(open.contains("The month is closed. 7 items are open."))
    #expect(open.contains("Verified: 34 closes from 2026-01-01 to 2026-01-31, 12,400 balances"))
    #expect(open.contains("The exports were not read."))
    let quiet = try read { try $0.writePage(SampleMonth.record(matters: [])) }
    #expect(quiet.contains("verdict-clean") && quiet.contains("proof-good"))
    #expect(quiet.contains("Nothing of these dates is open"))
    let partial = try read {
      try $0.writePage(SampleMonth.record(last: SampleMonth.dates.lowerBound.advanced(by: 19)))
    }
    #expect(partial.contains("Preliminary: closed through 2026-01-20. 11 dates are not closed."))
  }

  @Test("say in plain sight that the books are not proved, and what differs")
  func faultsAreInPlainSight() throws {
    let page = try read { try $0.writePage(SampleMonth.record(isProved: false, matters: [])) }
    #expect(page.contains("verdict-breaks") && page.contains("proof-bad"))
    #expect(
      page.contains("Not verified: the stored books are not those that were closed, 1 difference."))
    #expect(page.contains("<li>close 3 no longer matches its chain digest</li>"))
    let index = try read {
      try $0.writeIndex([SampleMonth.record(isProved: false)], faults: ["the view tie_out differs"])
    }
    #expect(index.contains("proof-bad") && index.contains("<li>the view tie_out differs</li>"))
    #expect(index.contains("not proved"))
  }

  @Test("list no more accounts than a page can hold, with totals of all")
  func longTablesAreCut() throws {
    let page = try read { try $0.writePage(SampleMonth.record(accounts: 1_500)) }
    #expect(page.contains("Each table lists the first 1,000 accounts."))
    #expect(page.contains("Total, 1,500 accounts"))
    #expect(page.components(separatedBy: "<span class=\"account\">").count < 2_200)
    #expect(page.contains("<data value=\"9000\">90.00</data>"))
  }

  @Test("escape untrusted text", arguments: hostileTexts)
  func hostileTextIsEscaped(text: String) throws {
    for page in [
      try read { try $0.writePage(SampleMonth.record(text, isProved: false)) },
      try read { try $0.writeIndex([SampleMonth.record(text)], faults: [text]) },
    ] {
      #expect(!page.contains("<script") && !page.contains("<img") && !page.contains("<iframe"))
      #expect(!page.contains("<svg onload") && !page.contains("\" onerror"))
      let escaped = HTMLWriter.string { $0.text(text) }
      #expect(page.components(separatedBy: escaped).count > 2)
    }
  }

  @Test("have the same bytes for the same month")
  func sameMonthGivesSameBytes() throws {
    #expect(try read { try $0.writePage() } == read { try $0.writePage() })
  }

  private func read(_ write: (SampleMonth) throws -> String) throws -> String {
    let sample = SampleMonth()
    return try String(contentsOfFile: write(sample), encoding: .utf8)
  }
}
