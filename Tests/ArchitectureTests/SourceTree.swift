import Foundation

/// The Swift sources of the package, each with its target.
struct SourceTree {
  struct File {
    let target: String
    let name: String
    let lines: [String]

    /// The modules that the file imports, each once for every import line.
    var imports: [String] { lines.compactMap(Self.importedModule) }

    var path: String { "\(target)/\(name)" }

    private static func importedModule(_ line: String) -> String? {
      let words = line.split(separator: " ").map(String.init)
      guard let position = words.firstIndex(of: "import"),
        words[..<position].allSatisfy({ modifiers.contains($0) || $0.hasPrefix("@") })
      else { return nil }
      // `import struct Module.Name` names what it imports after its kind.
      let rest = words[(position + 1)...].drop { kinds.contains($0) }
      return rest.first.map { String($0.prefix { $0 != "." }) }
    }

    private static let modifiers: Set = ["public", "package", "internal", "fileprivate", "private"]
    private static let kinds: Set = [
      "struct", "class", "enum", "protocol", "func", "var", "let", "typealias", "actor",
    ]
  }

  let root: URL
  let files: [File]

  init() throws {
    root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let sources = root.appendingPathComponent("Sources").path
    files = try FileManager.default.subpathsOfDirectory(atPath: sources).sorted()
      .filter { $0.hasSuffix(".swift") }
      .map { path in
        let text = try String(contentsOfFile: "\(sources)/\(path)", encoding: .utf8)
        let parts = path.split(separator: "/", maxSplits: 1)
        return File(
          target: String(parts[0]), name: String(parts[1]),
          lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
      }
  }

  /// A tree of one file, to try a rule on.
  init(target: String, _ text: String) {
    root = URL(fileURLWithPath: "/")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    files = [File(target: target, name: "Example.swift", lines: lines)]
  }
}
