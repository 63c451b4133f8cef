import Foundation
import Testing

@Suite("The runbook knows every code")
struct RunbookTests {
  /// Enumerations whose values people read and have to act on.
  private static let enumerations: Set = ["Code", "FindingCode", "TieOutCheck"]

  /// The codes that the sources can give: values of those enumerations, and `code: "…"` anywhere.
  private func codes(_ tree: SourceTree) -> [String: String] {
    tree.files.reduce(into: [:]) { found, file in
      for code in enumerated(file) + literal(file) { found[code] = file.path }
    }
  }

  private func literal(_ file: SourceTree.File) -> [String] {
    file.lines.flatMap { line in
      line.components(separatedBy: "code: \"").dropFirst().compactMap { rest in
        rest.firstMatch(of: /^([a-z0-9_]+)"/).map { String($0.output.1) }
      }
    }
  }

  private func enumerated(_ file: SourceTree.File) -> [String] {
    file.lines.indices.flatMap { start -> [String] in
      guard file.lines[start].range(of: "enum ") != nil,
        let match = file.lines[start].firstMatch(of: /^( *).*\benum (\w+): String\b/),
        Self.enumerations.contains(String(match.output.2))
      else { return [] }
      let end = file.lines[start...].firstIndex { $0.hasPrefix("\(match.output.1)}") }
      return file.lines[start..<(end ?? file.lines.endIndex)].flatMap(values)
    }
  }

  /// The values of `case a = "b"`, of `case a`, and of several in a line.
  private func values(_ line: String) -> [String] {
    guard let match = line.firstMatch(of: /^ *case ([\w ,="]+)$/) else { return [] }
    return match.output.1.split(separator: ",").map { item in
      let value = item.split(separator: "=").last ?? item
      return String(value.filter { $0 != " " && $0 != "\"" })
    }
  }

  /// The first cells, in back-quotes, of the runbook's tables whose first column has that heading.
  private func rows(_ text: String, under heading: String) -> [String] {
    var isInTable = false
    return text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
      if line.hasPrefix("| \(heading) |") { isInTable = true }
      if !line.hasPrefix("|") { isInTable = false }
      guard isInTable else { return nil }
      return line.firstMatch(of: /^\| `([a-z0-9_]+)` \|/).map { String($0.output.1) }
    }
  }

  private func runbook(_ tree: SourceTree) throws -> String {
    let path = tree.root.appendingPathComponent("docs/operators.md").path
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test("every refusal, finding and tie-out of the sources has a row, and no other has")
  func everyCode() throws {
    let tree = try SourceTree()
    let inSources = codes(tree)
    let text = try runbook(tree)
    let explained = Set(rows(text, under: "code") + rows(text, under: "check"))
    #expect(inSources.count > 50)
    let lacking = inSources.filter { !explained.contains($0.key) }.map { "\($0.key) (\($0.value))" }
    #expect(lacking.sorted() == [], "docs/operators.md does not explain these")
    #expect(explained.subtracting(inSources.keys).sorted() == [], "the sources have no such codes")
  }

  @Test("every exit code of the commands has a row, and no other has")
  func exitCodes() throws {
    let tree = try SourceTree()
    let commands = tree.files.filter { $0.target == "tieout" }.flatMap(\.lines)
    var codes = Set(
      commands.flatMap { $0.matches(of: /ExitCode\((\d+)\)/).map { String($0.output.1) } })
    let sentence = commands.joined(separator: " ").firstMatch(of: /Exit codes: (.*?)"""/)
    let listed = try #require(sentence).output.1.split(separator: ";")
    codes.formUnion(listed.map { String($0.drop { $0 == " " }.prefix { $0.isNumber }) })
    #expect(codes == Set(rows(try runbook(tree), under: "exit code")))
    #expect(codes.contains("75"))
  }

  @Test("codes are found however they are written, and rows only in their tables")
  func reading() {
    let source = """
      public enum FindingCode: String, Sendable {
        case unbalanced
        case tooLong = "too_long"
        case first, second = "second_one"
      }
      case outside = "outside"
      enum Side: String { case left }
      throw CloseRefusal(code: "gap", "…")
      """
    let found = codes(SourceTree(target: "A", source)).keys.sorted()
    #expect(found == ["first", "gap", "second_one", "too_long", "unbalanced"])
    let text = "| code | |\n|---|---|\n| `gap` | |\n\n| file | |\n|---|---|\n| `other` | |\n"
    #expect(rows(text, under: "code") == ["gap"])
  }
}
