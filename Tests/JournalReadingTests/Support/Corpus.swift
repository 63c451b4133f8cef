import Foundation

/// One case of a corpus file: what is said of a text.
struct CorpusCase: Sendable {
  let verdict: String
  let name: String
  let text: [UInt8]
}

/// Why a corpus file cannot be read.
struct CorpusFault: Error {
  let line: String
  let reason: String
}

/// Reads the files in the folder Corpus, in the notation that their heads explain.
enum Corpus {
  /// The cases of a file, in order.
  static func cases(of file: String) throws -> [CorpusCase] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let url = folder.appendingPathComponent("Corpus/\(file)")
    var definitions: [(macro: String, text: String)] = []
    var cases: [CorpusCase] = []
    for line in try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n") {
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("%define ") {
        definitions.append(try definition(line))
      } else {
        cases.append(try self.case(line, definitions))
      }
    }
    return cases
  }

  private static func definition(_ line: String) throws -> (macro: String, text: String) {
    let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard words.count == 3 else { throw CorpusFault(line: line, reason: "a name and a text") }
    return ("~<\(words[1])>", String(words[2]))
  }

  private static func `case`(
    _ line: String, _ definitions: [(macro: String, text: String)]
  ) throws -> CorpusCase {
    let columns = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
    guard columns.count == 3 else { throw CorpusFault(line: line, reason: "three columns") }
    var text = String(columns[2])
    for (macro, replacement) in definitions where text.contains(macro) {
      text = text.replacingOccurrences(of: macro, with: replacement)
    }
    var reader = NotationReader(text: text)
    return CorpusCase(
      verdict: String(columns[0]), name: String(columns[1]), text: try reader.bytes())
  }
}

/// Turns `~xx` into bytes and `~{N:...}` into repetitions.
private struct NotationReader {
  private let text: String
  private let notation: [UInt8]
  private var position = 0

  init(text: String) {
    self.text = text
    notation = Array(text.utf8)
  }

  /// The bytes of the whole text, or up to the brace that closes a repetition.
  mutating func bytes(untilBrace: Bool = false) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while position < notation.count {
      let byte = notation[position]
      position += 1
      if untilBrace && byte == UInt8(ascii: "}") { return bytes }
      if byte != UInt8(ascii: "~") {
        bytes.append(byte)
      } else if position < notation.count && notation[position] == UInt8(ascii: "{") {
        bytes.append(contentsOf: try repetition())
      } else {
        bytes.append(try hexadecimal())
      }
    }
    if untilBrace { throw CorpusFault(line: text, reason: "a repetition is not closed") }
    return bytes
  }

  private mutating func repetition() throws -> [UInt8] {
    guard let colon = notation[position...].firstIndex(of: UInt8(ascii: ":")),
      let count = Int(String(decoding: notation[(position + 1)..<colon], as: UTF8.self))
    else { throw CorpusFault(line: text, reason: "a repetition has no count") }
    position = colon + 1
    let inner = try bytes(untilBrace: true)
    return Array(repeatElement(inner, count: count).joined())
  }

  private mutating func hexadecimal() throws -> UInt8 {
    let digits = String(decoding: notation[position...].prefix(2), as: UTF8.self)
    guard digits.utf8.count == 2, let byte = UInt8(digits, radix: 16) else {
      throw CorpusFault(line: text, reason: "~\(digits) is no byte")
    }
    position += 2
    return byte
  }
}
