import Testing

@Suite("Files and functions a person can hold")
struct FileSizeTests {
  private static let fileLinesMax = 300
  private static let bodyLinesMax = 70

  /// Functions and computed properties whose body is longer than the limit.
  ///
  /// The formatter puts the brace that ends a body under the line that begins the declaration.
  private func longBodies(_ file: SourceTree.File) -> [String] {
    file.lines.indices.compactMap { start in
      guard declaresBody(file.lines[start]),
        let end = lastLine(ofDeclarationAt: start, in: file.lines),
        end - start - 1 > Self.bodyLinesMax
      else { return nil }
      return "\(file.path):\(start + 1) has \(end - start - 1) lines"
    }
  }

  private func declaresBody(_ line: String) -> Bool {
    let code = line.drop { $0 == " " }
    if code.hasPrefix("//") { return false }
    let words = code.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    let before = words.prefix { !Self.keywords.contains($0) }
    guard before.count < words.count, before.allSatisfy(Self.modifiers.contains) else {
      return false
    }
    return words[before.count] != "var" || line.hasSuffix("{")
  }

  private static let keywords: Set = ["func", "init", "deinit", "subscript", "var"]
  private static let modifiers: Set = [
    "public", "package", "internal", "fileprivate", "private", "static", "final", "override",
    "mutating", "nonmutating", "convenience", "required", "lazy", "inlinable", "inline", "never",
    "__always", "usableFromInline", "discardableResult", "consuming", "borrowing", "nonisolated",
  ]

  /// The line of the brace that ends the declaration; `nil` if it has no body, or it is one line.
  private func lastLine(ofDeclarationAt start: Int, in lines: [String]) -> Int? {
    let indent = lines[start].prefix { $0 == " " }.count
    for (index, line) in lines.enumerated().dropFirst(start + 1) {
      let depth = line.prefix { $0 == " " }.count
      if depth == line.count || depth > indent { continue }
      let rest = line.dropFirst(depth)
      if depth == indent, rest.hasPrefix("}") { return index }
      // A long signature goes on at the same depth: `) -> Outcome {`, `where …`, or a lone brace.
      if depth == indent, [")", "where ", "{", "->"].contains(where: rest.hasPrefix) { continue }
      return nil
    }
    return nil
  }

  private func callsPrint(_ line: String) -> Bool {
    let code = line.drop { $0 == " " }
    return !code.hasPrefix("//")
      && ["print(", "debugPrint(", "dump("].contains { call in
        code.ranges(of: call).contains { range in
          range.lowerBound == code.startIndex
            || !isPartOfName(code[code.index(before: range.lowerBound)])
        }
      }
  }

  private func isPartOfName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "."
  }

  @Test("no file has more than 300 lines")
  func files() throws {
    let long = try SourceTree().files.filter { $0.lines.count - 1 > Self.fileLinesMax }
    #expect(long.map { "\($0.path) has \($0.lines.count - 1)" }.isEmpty)
  }

  @Test("no function body has more than 70 lines")
  func functions() throws {
    #expect(try SourceTree().files.flatMap(longBodies).isEmpty)
  }

  @Test("bodies are measured, whatever the signature looks like")
  func measuring() {
    for (signature, indent) in [
      ("func a() {", ""), ("  public static func a() throws -> Int {", "  "),
      ("  init(\n    a: Int\n  ) {", "  "), ("  func a()\n  where A: B {", "  "),
      ("  var a: Int {", "  "), ("  deinit {", "  "),
    ] {
      let signatureLines = signature.split(separator: "\n").count
      for count in [Self.bodyLinesMax, Self.bodyLinesMax + 1] {
        let rows = (0..<(count - signatureLines + 1)).map { "\(indent)  let b\($0) = \"{\"" }
        let text = ([signature] + rows + ["\(indent)}"]).joined(separator: "\n")
        let found = longBodies(SourceTree(target: "A", text).files[0])
        #expect(found.count == count - Self.bodyLinesMax, "\(signature) with \(count)")
      }
    }
  }

  @Test("nothing is printed: what people read goes through checked writes")
  func printing() throws {
    let printing = try SourceTree().files.filter { $0.lines.contains(where: callsPrint) }
    #expect(printing.map(\.path).isEmpty)
    #expect(callsPrint("    print(\"a\")"))
    #expect(callsPrint("if a { debugPrint(a) }"))
    #expect(!callsPrint("    let a = fingerprint(b)"))
    #expect(!callsPrint("    // print(a)"))
    #expect(!callsPrint("    writer.print(a)"))
  }
}
