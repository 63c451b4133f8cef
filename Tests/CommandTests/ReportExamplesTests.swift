import Crypto
import Foundation
import Testing

/// `reports/examples` is a report set of the demo; `TIEOUT_UPDATE_EXAMPLES=1` regenerates it.
@Suite("Report examples")
struct ReportExamplesTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("reports/examples")
  private static let moment = "2026-01-04T01:00:00Z"
  private static let names = [
    "SHA256SUMS", "bank-items.csv", "changes.csv", "findings.csv", "reconciliation.html",
    "reconciliation.json",
    "restatements.csv",
    "rollforward.csv", "trial-balance.csv",
  ]

  /// A small tenant's third date: it has findings, restatements, bank accounts and a loan book.
  private func demo() throws -> [String: String] {
    let place = try TestDirectory()
    _ = try place.tieout(
      "demo", "--all-defects", "--out", ".", "--tenants", "1", "--dates", "3", "--entries", "40",
      "--seed", "1",
      "--plain")
    let close = try place.tieout(
      "close", "--job", "job.yaml", "--principal-accounts", "1100,1110,1120", "--loan-tape",
      "loan-tape")
    #expect(close.exitCode == 1)
    let tenant = try #require(place.reportedTenants().first)
    let set = "reports/\(tenant)/2026-01-03"
    var files = try Dictionary(
      uniqueKeysWithValues: Self.names.map { ($0, try place.text("\(set)/\($0)")) })
    try Self.settle(&files)
    return files
  }

  /// Puts a fixed moment in the place of those of the run, and the digests that go with it.
  private static func settle(_ files: inout [String: String]) throws {
    struct Document: Decodable {
      let started_at: String
      let finished_at: String
    }
    let document = try JSONDecoder().decode(
      Document.self, from: Data((files["reconciliation.json"] ?? "").utf8))
    for name in ["reconciliation.json", "reconciliation.html"] {
      for own in [document.started_at, document.finished_at] {
        files[name] = files[name]?.replacingOccurrences(of: own, with: moment)
      }
    }
    let sums = (files["SHA256SUMS"] ?? "").components(separatedBy: "\n")
    let settled = sums.map { line in
      guard let name = names.first(where: { line.hasSuffix("  \($0)") }) else { return line }
      let digest = SHA256.hash(data: Data((files[name] ?? "").utf8))
      return digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        + "  \(name)"
    }
    files["SHA256SUMS"] = settled.filter { !$0.hasSuffix("  close.xlsx") }.joined(separator: "\n")
  }

  @Test("match a close of the demo")
  func examplesAreCurrent() throws {
    let files = try demo()
    let updates = ProcessInfo.processInfo.environment["TIEOUT_UPDATE_EXAMPLES"] == "1"
    if updates {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
    }
    for (name, text) in files {
      let url = Self.folder.appendingPathComponent(name)
      if updates { try Data(text.utf8).write(to: url) }
      let isCurrent = try Data(contentsOf: url) == Data(text.utf8)
      #expect(
        isCurrent, "\(name): TIEOUT_UPDATE_EXAMPLES=1 swift test --filter ReportExamplesTests")
    }
    let found = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(found.sorted() == Self.names)
  }

  @Test("have rows in every table")
  func everyTableHasRows() throws {
    let files = try demo()
    for name in Self.names where name.hasSuffix(".csv") {
      #expect(CSVTable(files[name] ?? "").rows.count > 5, "\(name)")
    }
    let json = files["reconciliation.json"] ?? ""
    #expect(json.contains("\"bank_account_ref\"") && json.contains("\"portfolio_rollup\""))
    #expect(files.values.map(\.utf8.count).reduce(0, +) < 400_000)
  }
}
