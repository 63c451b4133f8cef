import Foundation
import Testing

@Suite("The job files that come with Tieout")
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

  @Test("are all there")
  func areThere() {
    #expect(
      Self.names == [
        "backfill.yaml", "bank-and-loans.yaml", "month-end.yaml", "nightly.yaml", "watched.yaml",
      ])
  }

  @Test("have no key and no value that is wrong", arguments: names)
  func areValid(name: String) throws {
    let place = try TestDirectory()
    let check = try check(Self.directory.appendingPathComponent(name).path, in: place)
    #expect(check.problems.isEmpty)
    #expect(check.settings.contains { $0.source.contains(name) })
  }

  /// A line `# key: value` is a setting that is commented out; prose has no colon behind its first word.
  private func uncommented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let rest = line.hasPrefix("# ") ? line.dropFirst(2) : line[...]
      let isSetting =
        rest.prefix { $0.isLowercase || $0 == "_" }.count > 2
        && rest.drop { $0.isLowercase || $0 == "_" }.hasPrefix(":")
      // An entry of a list, deeper; a command that is shown has no colon.
      let isEntry = rest.hasPrefix("  ") && rest.contains(": ")
      return String(isSetting || isEntry ? rest : line)
    }.joined(separator: "\n")
  }

  @Test("have, in nightly.yaml, every setting, and those that are commented out are valid too")
  func nightlyHasAll() throws {
    let place = try TestDirectory()
    let text = try String(
      contentsOf: Self.directory.appendingPathComponent("nightly.yaml"), encoding: .utf8)
    try place.write("nightly.yaml", uncommented(text))
    let check = try check("nightly.yaml", in: place)
    #expect(check.problems.isEmpty)
    let left = check.settings.filter { !$0.source.hasPrefix("nightly.yaml line") }.map(\.key)
    #expect(left.isEmpty)
  }

  @Test("have a schema, which is the one that the command writes")
  func schema() throws {
    let place = try TestDirectory()
    let outcome = try place.tieout("job", "schema")
    let committed = try String(
      contentsOf: Self.directory.appendingPathComponent("tieout-job.schema.json"), encoding: .utf8)
    #expect(outcome.exitCode == 0)
    #expect(outcome.output == committed, "tieout job schema > jobs/tieout-job.schema.json")
  }

  @Test("have a schema that knows every setting and no other")
  func schemaIsWhole() throws {
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
