import Foundation
import LedgerDomain
import Testing

@testable import Reports

@Suite(
  "index.html in a browser", .serialized,
  .enabled(if: Browser.program != nil, "Chromium is not installed: apt-get install chromium"))
struct OverviewInBrowserTests {
  /// An overview on disk and a browser that has it open.
  private final class Opened {
    let sample = SampleOverview()
    let browser: Browser

    init(
      _ overview: Overview = SampleOverview.overview(), hash: String = "", width: Int = 1280,
      scheme: String = "light"
    ) throws {
      browser = try Browser()
      _ = try sample.write(overview)
      try browser.open(sample.path + hash, width: width, scheme: scheme)
    }
  }

  private static func texts(_ selector: String) -> String {
    "[...document.querySelectorAll('\(selector)')].map((e) => e.textContent).join('|')"
  }

  @Test("lists what needs attention, newest first, without errors or requests")
  func mattersAreListed() throws {
    let opened = try Opened()
    let browser = opened.browser
    #expect(
      try browser.text("document.getElementById('result').textContent") == "7 of 7, rows 1 to 7.")
    #expect(
      try browser.text(Self.texts("#rows .what > a"))
        == "Not closed|Statement overdue|Bank not reconciled|Late input|Certification withdrawn|"
        + "Quarantine open|Double entry")
    #expect(try browser.text(Self.texts("#rows .amount")) == "−123.45 USD|−123.45 USD")
    let links = try browser.text(
      "[...document.querySelectorAll('#rows .what > a')].map((a) => a.getAttribute('href')).join(' ')"
    )
    let tenant = SampleOverview.tenant(2)
    #expect(links.contains("\(tenant)/2026-01-05/reconciliation.html#check-double_entry"))
    #expect(links.contains("\(tenant)/2026-02-13/reconciliation.html#bank"))
    #expect(browser.complaints.isEmpty)
    #expect(browser.requests.isEmpty)
  }

  @Test("filters and searches what needs attention")
  func mattersAreFiltered() throws {
    let browser = try Opened().browser
    _ = try browser.evaluate("document.querySelector('#withdrawn a').click()")
    #expect(try browser.text(Self.texts("#rows .what > a")) == "Certification withdrawn")
    func search(_ query: String) throws -> String {
      _ = try browser.evaluate(
        "{ document.getElementById('kind').value = ''; const box = document.getElementById('query');"
          + " box.value = '\(query)'; box.dispatchEvent(new Event('input')) }")
      return try browser.text(Self.texts("#rows .what > a"))
    }
    #expect(try search("-123.45 double") == "Double entry")
    #expect(try search("\(SampleOverview.tenant(3))") == "Not closed")
    #expect(try search("nothing like it") == "")
    #expect(
      try browser.text("document.getElementById('result').textContent") == "No match among 7.")
    _ = try search("")
    _ = try browser.evaluate("document.querySelector('[data-sort=date]').click()")
    #expect(try browser.text(Self.texts("#rows .what > a")).hasPrefix("Double entry|"))
  }

  @Test("shows every date with its sign, its words and a link to its page")
  func datesHaveSignsAndLinks() throws {
    let browser = try Opened().browser
    _ = try browser.evaluate(
      "{ const list = document.getElementById('month'); list.value = 2026 * 12;"
        + " list.dispatchEvent(new Event('change')) }")
    let row = "#calendar-rows tr:nth-child(3)"
    #expect(try browser.text(Self.texts("#calendar-rows th > a")).contains("OPERATING-USD"))
    let labels = try browser.text(
      "[...document.querySelectorAll('#calendar-rows a.cell[href^=\"\(SampleOverview.tenant(2))\"]')]"
        + ".map((a) => a.title).join('|')"
    ).components(separatedBy: "|")
    #expect(labels.count == 27)
    #expect(labels[0] == "2026-01-05: ties out, not certified")
    #expect(labels[17] == "2026-01-22: a break, certification withdrawn")
    for (index, cell) in (SampleOverview.everyCell + SampleOverview.everyCell).prefix(27)
      .enumerated()
    {
      let words = OverviewWording.of(cell.standing)
      #expect(labels[index].contains(": \(words.title), "))
    }
    #expect(try browser.text(Self.texts("\(row) .sign")).contains("≠"))
    _ = try browser.evaluate("document.getElementById('later').click()")
    #expect(try browser.number("document.querySelectorAll('.cell-missing').length") == 3)
    _ = try browser.evaluate(
      "{ const list = document.getElementById('filter'); list.value = 'attention';"
        + " list.dispatchEvent(new Event('input')) }")
    #expect(try browser.number("document.querySelectorAll('#calendar-rows tr').length") == 2)
  }

  @Test("leads to a tenant, and to a date if it is closed")
  func addressesLeadToTenantsAndDates() throws {
    let tenant = SampleOverview.tenant(3)
    let browser = try Opened(hash: "#\(tenant)/2026-03-01").browser
    #expect(
      try browser.text("document.getElementById('tenant-message').textContent")
        == "2026-03-01 is not closed yet.")
    #expect(try browser.text("document.getElementById('one-tenant').textContent") == "\(tenant)")
    #expect(try browser.number("document.querySelectorAll('#months a.cell').length") == 38)
    let page = "\(tenant)/2026-01-06/reconciliation.html"
    let opened = try Opened(hash: "#\(tenant)")
    let file = URL(fileURLWithPath: "\(opened.sample.root)/\(page)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("<title>The page</title>".utf8).write(to: file)
    _ = try opened.browser.evaluate("location.hash = '#\(tenant)/2026-01-06'")
    for _ in 0..<50 where try !opened.browser.text("location.href").hasSuffix(page) {
      Thread.sleep(forTimeInterval: 0.1)
    }
    #expect(try opened.browser.text("location.href").hasSuffix(page))
  }

  @Test("treats hostile text as text", arguments: hostileTexts)
  func hostileTextIsInert(text: String) throws {
    let opened = try Opened(
      SampleOverview.overview(text: text), hash: "#\(SampleOverview.tenant(2))")
    let browser = opened.browser
    #expect(try browser.text("typeof globalThis.hostile") == "undefined")
    #expect(
      try browser.number("document.querySelectorAll('img, iframe, main b, main i').length") == 0)
    #expect(try browser.number("document.scripts.length") == 2)
    let shown = try browser.text("document.getElementById('rows').textContent")
    #expect(Array(shown.unicodeScalars).contains(sequence: Array(text.unicodeScalars)))
    #expect(browser.complaints.isEmpty)
    #expect(browser.requests.isEmpty)
  }

  @Test("fits a phone, and is readable in light and dark", arguments: ["light", "dark"])
  func pageFitsPhoneWithReadableContrast(scheme: String) throws {
    let browser = try Opened(hash: "#\(SampleOverview.tenant(2))", width: 360, scheme: scheme)
      .browser
    #expect(try browser.number("document.documentElement.scrollWidth") <= 360)
    #expect(try browser.text(Browser.faintTexts) == "")
  }

  @Test("has headings in order and captions on its tables")
  func headingsAndCaptionsAreInOrder() throws {
    let browser = try Opened(hash: "#\(SampleOverview.tenant(2))").browser
    #expect(
      try browser.text(
        "[...document.querySelectorAll('h1, h2, h3, h4')].map((h) => h.tagName[1]).join('')")
        == "12222")
    for (selector, count) in [
      ("table:not(:has(> caption))", 0), ("th:not([scope])", 0), ("main", 1),
      ("nav[aria-label]", 1),
      ("a.skip[href=\"#main\"]", 1), ("[aria-live=polite]", 1), ("a.cell:not([aria-label])", 0),
    ] {
      #expect(
        try browser.number("document.querySelectorAll('\(selector)').length") == Double(count),
        "\(selector)")
    }
    let repeated = try browser.text(
      "[...document.querySelectorAll('[id]')].map((e) => e.id)"
        + ".filter((id, at, all) => all.indexOf(id) !== at).join(' ')")
    #expect(repeated == "")
    #expect(try browser.pdf().starts(with: Data("%PDF-".utf8)))
  }

  @Test("is ready at once with 1,000 tenants and 400,000 dates")
  func largeOverviewIsReadyAtOnce() throws {
    let overview = SampleOverview.large(tenants: 1_000, dates: 400)
    let opened = try Opened(overview)
    let browser = opened.browser
    let bytes = try Data(contentsOf: URL(fileURLWithPath: opened.sample.path)).count
    #expect(bytes < 2_000_000)
    let ready = try browser.number(
      "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    let memory = try browser.number("performance.memory.usedJSHeapSize")
    #expect(ready > 0 && ready < 5_000)
    #expect(memory < 100_000_000)
    #expect(try browser.number("document.querySelectorAll('#calendar-rows tr').length") == 50)
    let turned = try browser.number(
      "(() => { const begin = performance.now(); document.getElementById('earlier').click();"
        + " return performance.now() - begin })()")
    #expect(turned < 1_000)
    // Every cell of the page is one of the overview, counted by its letter.
    for cell in [CalendarCell(.openQuarantine, .missing), CalendarCell(.tiesOut, .valid)] {
      let letter = String(decoding: [cell.letter], as: UTF8.self)
      let counted = try browser.number(
        "overview.tenants.reduce((sum, t) => sum + t.cells.split('\(letter)').length - 1, 0)")
      #expect(Int(counted) == overview.tenants.reduce(0) { $0 + $1.cells.count { $0 == cell } })
    }
  }
}
