import Foundation
import LedgerDomain
import Testing

@testable import Reports

@Suite(
  "The pages of a pack in a browser", .serialized,
  .enabled(if: Browser.program != nil, "Chromium is not installed: apt-get install chromium"))
struct PackInBrowserTests {
  /// A page on disk and a browser that has it open.
  private final class Opened {
    let sample = SampleMonth()
    let browser: Browser

    init(
      width: Int = 1280, scheme: String = "light",
      _ write: (SampleMonth) throws -> String = { try $0.writePage() }
    ) throws {
      browser = try Browser()
      try browser.open(write(sample), width: width, scheme: scheme)
    }
  }

  /// The pages: of a tenant, and of several.
  enum Page: CaseIterable {
    case month, index

    func write(_ sample: SampleMonth, _ text: String? = nil) throws -> String {
      switch self {
      case .month: try sample.writePage(SampleMonth.record(text, isProved: text == nil))
      case .index:
        try sample.writeIndex([
          SampleMonth.record(text),
          SampleMonth.record(tenant: SampleOverview.tenant(2), isProved: false, matters: []),
        ])
      }
    }
  }

  @Test("show every figure, and lead to the files, without errors or requests")
  func figuresAndLinks() throws {
    let browser = try Opened().browser
    let texts = { (selector: String) in
      try browser.text(
        "[...document.querySelectorAll('\(selector)')].map((e) => e.textContent.trim()).join('|')")
    }
    #expect(try texts("#dates-closed, #dates-certified") == "31 of 31|20 of 31")
    #expect(
      try texts("#matters .severity")
        == "Double entry|Quarantine open|Certification withdrawn|Late input|Bank not reconciled|"
        + "Statement overdue|Not closed")
    #expect(
      try browser.text(
        "[...document.querySelectorAll('#totals tbody:last-of-type data')].map((e) => e.value).join(' ')"
      )
        == "80000 849 8000 88849 80000 849 8000 88849")
    #expect(try texts("#later tbody th, #within tbody th") == "2026-02-02|2026-01-10")
    #expect(try texts("#later .amount data") == "+1,234,567.89|0.00")
    #expect(try browser.number("document.querySelectorAll('#days tbody tr').length") == 31)
    let links = try browser.text(
      "[...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href')).join(' ')"
    ).split(separator: " ").filter { !$0.hasPrefix("#") }
    let files = Set(PackFile.allCases.map(\.rawValue) + ["../index.html", "../verification.txt"])
    #expect(Set(links.map(String.init)) == files)
    #expect(browser.complaints.isEmpty)
    #expect(browser.requests.isEmpty)
    #expect(try browser.pdf().starts(with: Data("%PDF-".utf8)))
  }

  @Test("treat hostile text as text", arguments: hostileTexts, Page.allCases)
  func hostileTextIsInert(text: String, page: Page) throws {
    let browser = try Opened { try page.write($0, text) }.browser
    #expect(try browser.text("typeof globalThis.hostile") == "undefined")
    #expect(
      try browser.number("document.querySelectorAll('img, iframe, svg, main b, main i').length")
        == 0)
    #expect(try browser.number("document.scripts.length") == 0)
    #expect(browser.complaints.isEmpty)
    #expect(browser.requests.isEmpty)
  }

  @Test(
    "fit a phone, and are readable in light and dark", arguments: ["light", "dark"], Page.allCases)
  func pageFitsPhoneWithReadableContrast(scheme: String, page: Page) throws {
    let browser = try Opened(width: 390, scheme: scheme) { try page.write($0) }.browser
    #expect(try browser.number("document.documentElement.scrollWidth") <= 390)
    #expect(try browser.text(Browser.faintTexts) == "")
  }

  @Test("have headings in order and captions on their tables", arguments: Page.allCases)
  func headingsAndCaptionsAreInOrder(page: Page) throws {
    let browser = try Opened { try page.write($0) }.browser
    let headings = try browser.text(
      "[...document.querySelectorAll('h1, h2, h3, h4')].map((h) => h.tagName[1]).join('')")
    #expect(headings.hasPrefix("12") && !headings.contains("13") && !headings.contains("4"))
    for (selector, count) in [
      ("table:not(:has(> caption))", 0), ("th:not([scope])", 0), ("main", 1),
      ("nav[aria-label]", 1), ("a.skip[href=\"#main\"]", 1),
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
