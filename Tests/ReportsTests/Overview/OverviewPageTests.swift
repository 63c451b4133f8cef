import Crypto
import Foundation
import LedgerDomain
import Testing

@testable import Reports

@Suite("index.html")
struct OverviewPageTests {
  private func page(_ overview: Overview = SampleOverview.overview()) throws -> String {
    try SampleOverview().write(overview)
  }

  @Test("begins with how many tenants need attention, and how much of what")
  func pageBeginsWithVerdict() throws {
    let text = try page()
    for part in [
      ">2 of 3 tenants need attention.</p>", "<time datetime=\"2026-02-13\">",
      "id=\"open-quarantine\"><a class=\"figure figure-error\" href=\"#attention\" data-kind=\"1\"><data value=\"1\">1<",
      "id=\"not-closed\"><a class=\"figure figure-error\" href=\"#attention\" data-kind=\"6\"><data value=\"1\">1<",
      "3 tenants, 118 closed dates",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    let quiet = try page(
      Overview(
        tenants: [SampleOverview.overview(1, cells: [CalendarCell(.tiesOut, .valid)])],
        names: TenantNames(), banking: ""))
    #expect(quiet.contains(">Nothing needs attention.</p>") && quiet.contains("verdict-clean"))
    let empty = try page(Overview(tenants: [], names: TenantNames(), banking: ""))
    #expect(empty.contains(">No date is closed yet.</p>"))
  }

  @Test("allows only the style and script whose hashes are in its policy, and no request")
  func policyAllowsOnlyHashedContent() throws {
    let text = try page()
    for (tag, directive) in [("style", "style-src"), ("script", "script-src")] {
      let content = try #require(
        text.components(separatedBy: "<\(tag)>").last?.components(separatedBy: "</\(tag)>").first)
      let digest = Data(SHA256.hash(data: Data(content.utf8))).base64EncodedString()
      #expect(text.contains("\(directive) 'sha256-\(digest)'"))
    }
    #expect(text.contains("default-src 'none'"))
    #expect(!text.contains("http://") && !text.contains("https://"))
    #expect(!text.contains(" style=\"") && !text.contains(" onclick"))
  }

  @Test("escapes untrusted text", arguments: hostileTexts)
  func untrustedTextIsEscaped(hostile: String) throws {
    let text = try page(SampleOverview.overview(text: hostile))
    #expect(!Array(text.utf8).contains(sequence: Array(hostile.utf8)), "\(hostile)")
    #expect(text.components(separatedBy: "<script").count == 3)
  }

  @Test("gives back what was written in it", arguments: ["OPERATING-USD"] + hostileTexts)
  func pageIsRead(text: String) throws {
    let sample = SampleOverview()
    let overview = SampleOverview.overview(text: text)
    _ = try sample.write(overview)
    let known = try #require(OverviewFile.known(below: sample.root))
    #expect(known.banking == overview.banking)
    #expect(known.tenants.count == 3)
    for tenant in overview.tenants { #expect(known.tenants[tenant.tenant] == tenant) }
  }

  @Test("is not believed if a byte of it differs, or it is cut")
  func changedPageIsNotBelieved() throws {
    let sample = SampleOverview()
    let bytes = Array(try sample.write(SampleOverview.overview()).utf8)
    let url = URL(fileURLWithPath: sample.path)
    for index in stride(from: 0, to: bytes.count, by: 997) {
      var changed = bytes
      changed[index] ^= 1
      try Data(changed).write(to: url)
      #expect(OverviewFile.known(below: sample.root) == nil)
      try Data(bytes.prefix(index)).write(to: url)
      #expect(OverviewFile.known(below: sample.root) == nil)
    }
    try FileManager.default.removeItem(at: url)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    #expect(OverviewFile.known(below: sample.root) == nil)
    #expect(throws: ReportError.self) { try sample.write(SampleOverview.overview()) }
  }

  @Test("is byte-identical for the same books")
  func sameBooksGiveSameBytes() throws {
    #expect(try page() == page())
  }
}
