import Crypto
import Foundation
import LedgerDomain
import Testing

@testable import Reports

@Suite("reconciliation.html")
struct ReconciliationHTMLTests {
  private func page(_ record: CloseRecord = FullRecord.record()) throws -> String {
    try SampleRecord().text("reconciliation.html", record)
  }

  @Test("begins with the outcome and the certification")
  func pageBeginsWithOutcomeAndCertification() throws {
    let text = try page()
    #expect(text.contains(">Closed with 3 breaks and 2 quarantined records.</p>"))
    #expect(text.contains("Certified by Ada Lovelace: close 7 on 2026-01-06T09:00:00Z."))
  }

  @Test("names the close that withdrew the certification, or reports that there is none")
  func withdrawnOrMissingCertificationIsShown() throws {
    var record = FullRecord.record()
    record.certification = Certification(
      closeID: CloseID(7), chainDigest: "c7", name: "Ada", note: "",
      certifiedAt: "2026-01-06T09:00:00Z", withdrawnBy: CloseID(9))
    #expect(try page(record).contains("Certification withdrawn by close 9: Ada had certified"))
    record.certification = nil
    #expect(try page(record).contains("Not certified yet."))
  }

  @Test("shows each quarantined record with its state, and who decided")
  func quarantinedRecordsHaveTheirState() throws {
    let text = try page()
    for part in [
      "2 records are open, 1 is accepted. 1 record repeats an entry that is counted once.",
      "<span class=\"tag tag-open\">open</span>",
      "<span class=\"tag tag-once\">counted once</span>",
      "<span class=\"quiet\">by Grace Hopper at 2026-01-06T10:00:00Z</span>",
      "<td class=\"words\">A test entry.</td>", "<data value=\"12345\">123.45</data>",
      "All quarantined records are listed.", "<td>taken back</td>",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(try page(SampleRecord.record()).contains("No record of this date was quarantined."))
  }

  @Test("names each missing input")
  func missingInputsAreNamed() throws {
    let text = try page(SampleRecord.record())
    for sentence in [
      "No bank accounts are configured", "No principal accounts are configured",
      "No earlier closes are available",
    ] {
      #expect(text.contains(sentence))
      #expect(try !page().contains(sentence))
    }
  }

  @Test("shows amounts in decimals, with minor units as data")
  func amountsHaveDecimalsAndMinorUnits() throws {
    let text = try page()
    #expect(text.contains("<data value=\"88849\">888.49</data>"))
    #expect(text.contains("<data value=\"7\">0.007</data>"))
    #expect(text.contains("<data value=\"-1250\">−12.50</data>"))
    #expect(text.contains("<data value=\"30\">+0.30</data>"))
  }

  @Test("shows the missing side and the age of an outstanding item")
  func outstandingItemsHaveSideAndAge() throws {
    let text = try page()
    #expect(
      text.contains("<td class=\"n\">40</td><td><span class=\"side side-ledger\">at the bank"))
    #expect(text.contains("<td class=\"n\">9</td><td><span class=\"side side-bank\">in the ledger"))
    #expect(text.contains("Over 30 days"))
  }

  @Test("allows only the style and script whose hashes are in its policy")
  func policyAllowsOnlyHashedContent() throws {
    let text = try page()
    for (tag, directive) in [("style", "style-src"), ("script", "script-src")] {
      let content = try #require(
        text.components(separatedBy: "<\(tag)>").last?
          .components(separatedBy: "</\(tag)>").first)
      let digest = Data(SHA256.hash(data: Data(content.utf8))).base64EncodedString()
      #expect(text.contains("\(directive) 'sha256-\(digest)'"))
    }
    #expect(text.contains("default-src 'none'"))
    #expect(!text.contains("http://") && !text.contains("https://"))
    #expect(!text.contains(" style=\"") && !text.contains(" onclick"))
  }

  @Test("escapes untrusted text", arguments: hostileTexts)
  func untrustedTextIsEscaped(hostile: String) throws {
    let text = try page(FullRecord.record(text: hostile))
    #expect(!text.utf8.elementsEqual(try page().utf8))
    #expect(!Array(text.utf8).contains(sequence: Array(hostile.utf8)), "\(hostile)")
  }

  @Test("has a table of the first findings of each code, and all findings as data")
  func firstFindingsAreTabulated() throws {
    let text = try page(FullRecord.record(findings: FullRecord.manyFindings(1_000)))
    #expect(text.components(separatedBy: "<section class=\"first\"").count == 5)
    let first = text.components(separatedBy: "id=\"first-findings\"")[1]
      .components(separatedBy: "id=\"trial-balance\"")[0]
    #expect(first.components(separatedBy: "<tr><td").count == 41)
    #expect(text.contains("The first 10 of 250 findings"))
    let data = text.components(separatedBy: "id=\"findings-data\">")[1]
      .components(separatedBy: "</script>")[0]
    let object = try JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any]
    #expect((object?["rows"] as? [Any])?.count == 1_000)
  }

  @Test("gives each code an equal share if there are more findings than fit on the page")
  func manyFindingsAreShared() {
    let sample = SampleRecord.record()
    let counts = [FindingCode.unbalanced, .backdated, .unknownAccount].map {
      FindingCount(code: $0, count: 900_000, kept: $0 == .backdated ? 5 : 100_000)
    }
    let record = CloseRecord(
      header: sample.header, chart: sample.chart, rollforward: [], restatements: [], tieOuts: [],
      findings: [], findingCounts: counts, parts: [])
    let limits = FindingsData.limits(record)
    #expect(limits == [.unbalanced: 33_333, .backdated: 5, .unknownAccount: 33_333])
  }

  @Test("is byte-identical for the same close")
  func sameCloseGivesSameBytes() throws {
    #expect(try page() == page())
  }
}

/// Texts that try to break out of their context.
let hostileTexts = [
  "<script>globalThis.hostile = 1</script>", "<img src=x onerror=\"globalThis.hostile = 1\">",
  "\"><svg onload=globalThis.hostile=1>", "\"\u{301} autofocus onfocus=\"globalThis.hostile = 1",
  "</script><script>globalThis.hostile = 1</script>", "<!--<script>", "</title></style><b>",
  "'; globalThis.hostile = 1; '&", "{{tenant}}<i>{{{verdict}}}",
  "</textarea><iframe src=\"//a.b\">",
  "a<\u{2028}\u{2029}\u{0}\u{202E}b",
]

extension Array where Element: Equatable {
  /// Whether these elements follow each other somewhere.
  func contains(sequence: [Element]) -> Bool {
    guard let first = sequence.first, sequence.count <= count else { return false }
    return indices.dropLast(sequence.count - 1).contains {
      self[$0] == first && self[$0..<($0 + sequence.count)].elementsEqual(sequence)
    }
  }
}
