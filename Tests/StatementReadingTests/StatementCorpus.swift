import Foundation
import LedgerDomain
import StatementReading

/// The samples of a format: `Corpus/<Format>/<name>.<extension>`, with the expected text beside each.
enum StatementCorpus {
  /// A sample's bytes and what reading it must give.
  static func sample(
    _ name: String, of format: String, extension type: String
  ) throws -> (bytes: [UInt8], expected: String) {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Corpus/\(format)")
    let bytes = try Data(contentsOf: folder.appendingPathComponent("\(name).\(type)"))
    let expected = try String(
      contentsOf: folder.appendingPathComponent("\(name).txt"), encoding: .utf8)
    return (Array(bytes), expected)
  }

  /// A file as short readable text: its statements, then its notes and findings.
  static func text(of file: StatementFile) -> String {
    let notes = file.notes.map { note in
      "note" + (note.line.map { " on line \($0)" } ?? "") + ": \(note.message)\n"
    }
    let findings = file.findings.map { "finding: \($0.message)\n" }
    return StatementText.of(file.statements) + notes.joined() + findings.joined()
  }
}
