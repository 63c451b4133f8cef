import Crypto
import Foundation
import LedgerDomain
import Reports
import Testing

@Suite("Report set")
struct ReportSetTests {
  private static let names: [String] = {
    let names = [
      "SHA256SUMS", "bank-items.csv", "changes.csv", "findings.csv", "reconciliation.html",
      "reconciliation.json",
      "restatements.csv", "rollforward.csv", "trial-balance.csv",
    ]
    #if XLSX
      return (names + ["close.xlsx"]).sorted()
    #else
      return names
    #endif
  }()

  private func hexadecimal(_ digest: SHA256.Digest) -> String {
    digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  @Test("is in the directory of its tenant and date, without leftovers")
  func setIsInDirectoryOfDate() throws {
    let sample = SampleRecord()
    let set = try sample.write()
    try sample.write()
    #expect(set == "\(sample.root)/00000000-0000-000a-0000-000000000001/2026-01-05")
    let parent = (set as NSString).deletingLastPathComponent
    let listing = FileManager.default
    #expect(try listing.contentsOfDirectory(atPath: parent) == ["2026-01-05"])
    #expect(try listing.contentsOfDirectory(atPath: set).sorted() == Self.names)
  }

  @Test("identifies the close and the digest of each file")
  func sumsIdentifyCloseAndFiles() throws {
    let files = try SampleRecord().report()
    let sums = String(decoding: files["SHA256SUMS"] ?? Data(), as: UTF8.self)
    let lines = sums.split(separator: "\n").map(String.init)
    #expect(lines.first == "# close 7 c7")
    let expected = files.filter { $0.key != "SHA256SUMS" }.map { name, content in
      "\(hexadecimal(SHA256.hash(data: content)))  \(name)"
    }
    #expect(lines.dropFirst().sorted() == expected.sorted())
    #expect(sums.hasSuffix("\n"))
  }

  @Test("is byte-identical for the same close")
  func sameCloseGivesSameBytes() throws {
    let first = try SampleRecord().report()
    let sample = SampleRecord()
    _ = try sample.report(SampleRecord.record(closeID: 8))
    #expect(try sample.report() == first)
    #expect(try sample.report() == first)
    #expect(try sample.report(SampleRecord.record(closeID: 8)) != first)
  }

  @Test("is present only for its own close, and only if complete")
  func onlyCompleteSetIsPresent() throws {
    let sample = SampleRecord()
    let header = SampleRecord.header()
    #expect(!ReportSet.isPresent(header, below: sample.root))
    let set = try sample.write()
    #expect(ReportSet.isPresent(header, below: sample.root))
    #expect(!ReportSet.isPresent(SampleRecord.header(closeID: 8), below: sample.root))
    #expect(!ReportSet.isPresent(SampleRecord.header(closeID: 77), below: sample.root))
    try sample.write(SampleRecord.record(closeID: 8))
    #expect(!ReportSet.isPresent(header, below: sample.root))
    try FileManager.default.removeItem(atPath: "\(set)/SHA256SUMS")
    #expect(!ReportSet.isPresent(SampleRecord.header(closeID: 8), below: sample.root))
  }

  @Test("says what was known of the bank, in the line that identifies the close")
  func reconciliationCountIsIdentified() throws {
    let sample = SampleRecord()
    let header = SampleRecord.header()
    var record = SampleRecord.record()
    try sample.write(record)
    #expect(!ReportSet.isPresent(header, reconciliationCount: 3, below: sample.root))
    record.reconciliationCount = 3
    let set = try sample.write(record)
    let sums = try String(contentsOfFile: "\(set)/SHA256SUMS", encoding: .utf8)
    #expect(sums.hasPrefix("# close 7 c7, bank reconciliation 3\n"))
    #expect(ReportSet.isPresent(header, below: sample.root))
    #expect(ReportSet.isPresent(header, reconciliationCount: 3, below: sample.root))
    #expect(!ReportSet.isPresent(header, reconciliationCount: 2, below: sample.root))
    #expect(!ReportSet.isPresent(header, reconciliationCount: 33, below: sample.root))
  }

  @Test("replaces what a killed run left behind")
  func leftoversAreReplaced() throws {
    let sample = SampleRecord()
    let parent = "\(sample.root)/\(SampleRecord.tenant)"
    let draft = "\(parent)/.2026-01-05.new"
    try FileManager.default.createDirectory(atPath: draft, withIntermediateDirectories: true)
    try Data("half".utf8).write(to: URL(fileURLWithPath: "\(draft)/old.csv"))
    #expect(try sample.report().keys.sorted() == Self.names)
    #expect(try FileManager.default.contentsOfDirectory(atPath: parent) == ["2026-01-05"])
  }

  @Test("reports the path and a remedy if it cannot be written", arguments: ["", "/a/b"])
  func writeFailureHasPathAndRemedy(below: String) throws {
    let file = NSTemporaryDirectory() + "tieout-reports-" + UUID().uuidString
    try Data().write(to: URL(fileURLWithPath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    let error = #expect(throws: ReportError.self) {
      try ReportSet.write([SampleRecord.record()], below: file + below)
    }
    #expect(error?.path.hasPrefix(file) == true)
    #expect(error?.description.contains("The close is kept") == true)
  }
}
