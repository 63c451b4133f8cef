import Foundation
import Testing

/// Closes what `docs/export-format.md` gives as examples.
@Suite("The description of the export")
struct ExportFormatTests {
  /// The indented blocks of the page that are JSON objects, each on one line.
  private func examples() throws -> [String] {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("docs/export-format.md").path
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return text.components(separatedBy: "\n\n").filter { $0.hasPrefix("    {") }
      .map { $0.split(separator: "\n").map { $0.trimming { $0 == " " } }.joined(separator: " ") }
  }

  @Test("has examples that close as they are, and tie out with their manifest")
  func examplesClose() throws {
    let examples = try examples()
    try #require(examples.count == 2)
    let place = try TestDirectory()
    try place.write(
      "chart.csv", "account_code,account_name,normal_side\n1000,Cash,DR\n1100,Principal,DR\n")
    try place.export("2026-01-31", [examples[0]], part: "part-00000.ndjson.gz")
    let manifest = examples[1]
      .replacing(/"tenant_id": "[^"]*"/, with: "\"tenant_id\": \"\(TestDirectory.tenant)\"")
      .replacing(#/"bytes": \d+, "sha256": "[^"]*", /#, with: "")
    try place.write("\(TestDirectory.dateDirectory("2026-01-31"))/manifest.json", manifest)
    let outcome = try place.close(through: "2026-01-31")
    #expect(outcome.exitCode == 0, "\(outcome.output) \(outcome.errors)")
    #expect(
      try place.store().rows(
        """
        SELECT account_code, dr_balance_minor, cr_balance_minor FROM current_balance
        ORDER BY account_code
        """) == ["1000,125050,0", "1100,0,125050"])
    #expect(
      try place.store().rows(
        "SELECT DISTINCT status FROM tie_out WHERE check_name = 'completeness'") == ["pass"])
  }
}

extension StringProtocol {
  fileprivate func trimming(_ isTrimmed: (Character) -> Bool) -> String {
    String(drop(while: isTrimmed))
  }
}
