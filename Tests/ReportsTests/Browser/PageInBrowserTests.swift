import Foundation
import LedgerDomain
import Testing

@testable import Reports

@Suite(
  "reconciliation.html in a browser", .serialized,
  .enabled(if: Browser.program != nil, "Chromium is not installed: apt-get install chromium"))
struct PageInBrowserTests {
  /// A report on disk and a browser that has it open.
  private final class Opened {
    let sample = SampleRecord()
    let browser: Browser

    init(_ record: CloseRecord, width: Int = 1280, scheme: String = "light") throws {
      browser = try Browser()
      let set = try sample.write(record)
      try browser.open("\(set)/reconciliation.html", width: width, scheme: scheme)
    }
  }

  @Test("shows the verdict and totals of the record without errors or requests")
  func pageShowsRecordWithoutErrorsOrRequests() throws {
    let record = FullRecord.record()
    let opened = try Opened(record)
    let browser = opened.browser
    #expect(
      try browser.text("document.getElementById('verdict').textContent")
        == "Closed with 3 breaks and 2 quarantined records.")
    for row in record.rollforward {
      let pair = "[data-pair=\"\(row.key.pair)\"]"
      let cells = try browser.text(
        "[...document.querySelectorAll('table.ledger:not(.rollforward)\(pair) tfoot data')]"
          + ".map((data) => data.value).join(' ')")
      let totals = row.closing
      #expect(
        cells == "\(totals.debitMinor) \(totals.creditMinor) "
          + "\(totals.debitMinor - totals.creditMinor)")
    }
    #expect(browser.complaints.isEmpty)
    #expect(browser.requests.isEmpty)
  }

  @Test("treats hostile text as text", arguments: hostileTexts)
  func hostileTextIsInert(text: String) throws {
    var findings = FullRecord.manyFindings(3)
    findings[1].message = text
    let opened = try Opened(FullRecord.record(text: text, findings: findings))
    let browser = opened.browser
    _ = try browser.evaluate("document.querySelector('[data-sort=message]').click()")
    #expect(try browser.text("typeof globalThis.hostile") == "undefined")
    #expect(
      try browser.number("document.querySelectorAll('img, iframe, main b, main i').length") == 0)
    #expect(try browser.number("document.scripts.length") == 2)
    #expect(
      try browser.text("document.getElementById('explorer').textContent").utf8.count
        > text.utf8.count)
    let shown = try browser.text("document.getElementById('rows').textContent")
    #expect(Array(shown.unicodeScalars).contains(sequence: Array(text.unicodeScalars)))
    #expect(browser.complaints.isEmpty)
    #expect(browser.requests.isEmpty)
  }

  @Test("searches, filters and sorts 50,000 findings")
  func manyFindingsAreSearchedAndSorted() throws {
    let findings = FullRecord.manyFindings(50_000)
    let browser = try Opened(FullRecord.record(findings: findings)).browser
    func result() throws -> String {
      try browser.text("document.getElementById('result').textContent")
    }
    #expect(try result() == "50,000 of 50,000 findings, rows 1 to 50.")
    func search(_ query: String) -> String {
      "{ const box = document.getElementById('query'); box.value = '\(query)';"
        + " box.dispatchEvent(new Event('input')) }"
    }
    _ = try browser.evaluate(search("PART-00003 unbalanced"))
    #expect(try result() == "1,250 of 50,000 findings, rows 1 to 50.")
    #expect(try browser.number("document.querySelectorAll('#rows tr').length") == 50)
    let entry = findings[30_000].entry?.description ?? ""
    let amount = HTMLWriter.string { $0.amount(findings[30_000].debitMinor, digits: 2) }
    #expect(amount.contains(","))
    _ = try browser.evaluate(search("\(entry) \(amount)"))
    #expect(try result() == "1 of 50,000 findings, rows 1 to 1.")
    _ = try browser.evaluate(search("\(entry) no such words"))
    #expect(try result() == "No match among 50,000 findings.")
    _ = try browser.evaluate(search(""))
    _ = try browser.evaluate("document.querySelector('[data-sort=debit]').click()")
    let debits = try browser.text(
      "[...document.querySelectorAll('#rows td:nth-child(4) data')].map((d) => d.value).join(' ')")
    let sorted = findings.compactMap(\.debitMinor).sorted().prefix(50)
    #expect(debits.split(separator: " ").compactMap { Int64($0) } == Array(sorted))
    #expect(
      try browser.text("document.querySelector('[aria-sort=ascending]').textContent") == "Debit")
    _ = try browser.evaluate(
      "{ const list = document.getElementById('code'); list.selectedIndex = 1;"
        + " list.dispatchEvent(new Event('change')) }")
    #expect(try result() == "12,500 of 50,000 findings, rows 1 to 50.")
  }

  @Test("prints with all details expanded")
  func printExpandsDetails() throws {
    let browser = try Opened(FullRecord.record(findings: FullRecord.manyFindings(500))).browser
    let pdf = try browser.pdf()
    #expect(pdf.starts(with: Data("%PDF-".utf8)))
    #expect(pdf.count > 50_000)
  }

  @Test("fits a phone, and distinguishes statuses in light and dark", arguments: ["light", "dark"])
  func pageFitsPhoneWithReadableContrast(scheme: String) throws {
    let browser = try Opened(FullRecord.record(), width: 360, scheme: scheme).browser
    #expect(try browser.number("document.documentElement.scrollWidth") <= 360)
    _ = try browser.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
    #expect(try browser.number("document.documentElement.scrollWidth") <= 360)
    #expect(try browser.text(Browser.faintTexts) == "")
  }

  @Test("has headings in order and captions on its tables")
  func headingsAndCaptionsAreInOrder() throws {
    let browser = try Opened(FullRecord.record(findings: FullRecord.manyFindings(200))).browser
    let levels = try browser.text(
      "[...document.querySelectorAll('h1, h2, h3, h4')].map((h) => h.tagName[1]).join('')")
    #expect(levels.first == "1" && levels.dropFirst().first == "2")
    #expect(levels.dropFirst().allSatisfy { $0 == "2" || $0 == "3" })
    for (selector, count) in [
      ("table:not(:has(> caption))", 0), ("th:not([scope])", 0), ("svg:not([role=img])", 0),
      ("main", 1), ("nav[aria-label]", 1), ("a.skip[href=\"#main\"]", 1), ("[aria-live=polite]", 1),
    ] {
      #expect(
        try browser.number("document.querySelectorAll('\(selector)').length") == Double(count),
        "\(selector)")
    }
    let repeated = try browser.text(
      "[...document.querySelectorAll('[id]')].map((e) => e.id)"
        + ".filter((id, at, all) => all.indexOf(id) !== at).join(' ')")
    #expect(repeated == "")
  }
}
