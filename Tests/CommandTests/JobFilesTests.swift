import Foundation
import Testing

@Suite("The job files in jobs/")
struct JobFilesTests {
  private static var directory: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("jobs")
  }

  static var names: [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return all.filter { $0.hasSuffix(".yaml") }.sorted()
  }

  private struct Check: Decodable {
    struct Setting: Decodable {
      let key: String
      let source: String
    }
    let problems: [String]
    let settings: [Setting]
  }

  private func check(_ path: String, in place: TestDirectory) throws -> Check {
    let outcome = try place.tieout("job", "check", path, "--json")
    return try JSONDecoder().decode(Check.self, from: Data(outcome.output.utf8))
  }

  @Test("are the documented five")
  func fiveJobFilesExist() {
    #expect(
      Self.names == [
        "backfill.yaml", "bank-and-loans.yaml", "month-end.yaml", "nightly.yaml", "watched.yaml",
      ])
  }

  @Test("have valid keys and values", arguments: names)
  func jobFileIsValid(name: String) throws {
    let place = try TestDirectory()
    let check = try check(Self.directory.appendingPathComponent(name).path, in: place)
    #expect(check.problems.isEmpty)
    #expect(check.settings.contains { $0.source.contains(name) })
  }

  /// Uncomments settings: lines `# key: value`. Prose has no colon after its first word.
  private func uncommented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let rest = line.hasPrefix("# ") ? line.dropFirst(2) : line[...]
      let isSetting =
        rest.prefix { $0.isLowercase || $0 == "_" }.count > 2
        && rest.drop { $0.isLowercase || $0 == "_" }.hasPrefix(":")
      // A list entry is indented; commands in comments have no colon.
      let isEntry = rest.hasPrefix("  ") && rest.contains(": ")
      return String(isSetting || isEntry ? rest : line)
    }.joined(separator: "\n")
  }

  @Test("include nightly.yaml with every setting, valid even where commented out")
  func nightlyHasEverySetting() throws {
    let place = try TestDirectory()
    let text = try String(
      contentsOf: Self.directory.appendingPathComponent("nightly.yaml"), encoding: .utf8)
    try place.write("nightly.yaml", uncommented(text))
    let check = try check("nightly.yaml", in: place)
    #expect(check.problems.isEmpty)
    let left = check.settings.filter { !$0.source.hasPrefix("nightly.yaml line") }.map(\.key)
    #expect(left.isEmpty)
  }

  @Test("come with the schema that tieout job schema prints")
  func committedSchemaIsCurrent() throws {
    let place = try TestDirectory()
    let outcome = try place.tieout("job", "schema")
    let committed = try String(
      contentsOf: Self.directory.appendingPathComponent("tieout-job.schema.json"), encoding: .utf8)
    #expect(outcome.exitCode == 0)
    #expect(outcome.output == committed, "tieout job schema > jobs/tieout-job.schema.json")
  }

  @Test("are described by the reference that tieout job settings prints")
  func committedReferenceIsCurrent() throws {
    let outcome = try TestDirectory().tieout("job", "settings")
    let path = Self.directory.deletingLastPathComponent().appendingPathComponent("docs/settings.md")
    #expect(outcome.exitCode == 0)
    #expect(
      outcome.output == (try String(contentsOf: path, encoding: .utf8)),
      "tieout job settings > docs/settings.md")
  }

  @Test("have a schema with exactly the known settings")
  func schemaHasExactlyTheKnownSettings() throws {
    let place = try TestDirectory()
    let schema =
      try JSONSerialization.jsonObject(
        with: Data(try place.tieout("job", "schema").output.utf8)) as? [String: Any]
    let properties = try #require(schema?["properties"] as? [String: [String: Any]])
    try place.write("job.yaml", "")
    let check = try check("job.yaml", in: place)
    #expect(Set(properties.keys) == Set(check.settings.map(\.key)))
    #expect(schema?["additionalProperties"] as? Bool == false)
    for (name, property) in properties {
      #expect((property["description"] as? String)?.isEmpty == false, "\(name)")
      #expect(property["type"] != nil || property["enum"] != nil, "\(name)")
    }
    #expect(properties["findings_limit"]?["default"] as? Int == 100_000)
  }
}
