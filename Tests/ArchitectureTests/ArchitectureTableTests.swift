import Foundation
import Testing

@Suite("ARCHITECTURE.md names files that exist")
struct ArchitectureTableTests {
  /// The files named in the table "Where do I find …": `Module/File.swift` or a path of the repository.
  private func namedFiles(_ text: String) -> [String] {
    text.components(separatedBy: "## Where do I find").dropFirst().joined()
      .matches(of: /`([\w\-]+\/[\w\/+.\-]+)`/).map { String($0.output.1) }
  }

  private func exists(_ name: String, in tree: SourceTree) -> Bool {
    let parts = name.split(separator: "/")
    return tree.files.contains { file in
      file.target == parts[0] && file.name.split(separator: "/").last == parts.last
    } || FileManager.default.fileExists(atPath: tree.root.appendingPathComponent(name).path)
  }

  @Test("every file in the table exists in its module")
  func everyNamedFileExists() throws {
    let tree = try SourceTree()
    let path = tree.root.appendingPathComponent("ARCHITECTURE.md").path
    let named = namedFiles(try String(contentsOfFile: path, encoding: .utf8))
    #expect(named.count >= 25)
    #expect(named.filter { !exists($0, in: tree) } == [])
  }

  @Test("a file that has moved to another module is reported")
  func movedFileIsReported() {
    let tree = SourceTree(target: "Reports", "")
    #expect(exists("Reports/Example.swift", in: tree))
    #expect(!exists("CloseJob/Example.swift", in: tree))
    let text = "`A/B.swift`\n## Where do I find …\n| x | `C/D+E.swift` |"
    #expect(namedFiles(text) == ["C/D+E.swift"])
  }
}
