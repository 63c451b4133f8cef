/// Reads the entries of a runbook, line by line.
struct RunbookReader {
  private static let codeHeadings: Set = ["code", "check", "exit code"]

  private var entries: [RunbookEntry] = []
  private var section = ""
  /// The subsection that is being read, and its lines.
  private var subsection: (title: String, lines: [String])?
  private var subsections: [(section: String, title: String, text: String)] = []
  /// The headings of the table that is being read; empty outside of one with codes.
  private var headings: [String] = []
  private var isInTable = false

  mutating func add(_ line: String) {
    if line.hasPrefix("## ") || line.hasPrefix("### ") {
      endSubsection()
      if line.hasPrefix("## ") {
        section = String(line.dropFirst(3))
      } else {
        subsection = (String(line.dropFirst(4)), [])
      }
      return
    }
    subsection?.lines.append(line)
    guard line.hasPrefix("|") else {
      (isInTable, headings) = (false, [])
      return
    }
    let cells = Self.cells(line)
    if !isInTable {
      isInTable = true
      headings = Self.codeHeadings.contains(cells[0]) ? cells : []
    } else if !headings.isEmpty, let code = Self.code(cells[0]) {
      let named = zip(headings, cells).dropFirst()
      entries.append(
        RunbookEntry(
          code: code, section: section,
          cells: named.map { RunbookCell(heading: $0, text: $1) }))
    }
  }

  mutating func finished() -> [RunbookEntry] {
    endSubsection()
    for index in entries.indices {
      let words = entries[index].code.split(separator: "_").joined(separator: " ")
      let found = subsections.first {
        $0.section == entries[index].section && $0.title.lowercased() == words
      }
      entries[index].more = found?.text ?? ""
    }
    return entries
  }

  private mutating func endSubsection() {
    guard let ended = subsection else { return }
    let text = ended.lines.joined(separator: "\n")
    subsections.append((section, ended.title, text.trimmingLineFeeds))
    subsection = nil
  }

  /// The cells of a row. No cell contains a bar.
  private static func cells(_ line: String) -> [String] {
    line.dropFirst().split(separator: "|", omittingEmptySubsequences: false).dropLast()
      .map { $0.trimmingSpaces }
  }

  /// The code in back-quotes; `nil` for a cell without them.
  private static func code(_ cell: String) -> String? {
    guard cell.count > 2, cell.hasPrefix("`"), cell.hasSuffix("`") else { return nil }
    return String(cell.dropFirst().dropLast())
  }
}

extension StringProtocol {
  fileprivate var trimmingSpaces: String {
    var text = Substring(self)
    while text.hasPrefix(" ") { text.removeFirst() }
    while text.hasSuffix(" ") { text.removeLast() }
    return String(text)
  }

  fileprivate var trimmingLineFeeds: String {
    var text = Substring(self)
    while text.hasPrefix("\n") { text.removeFirst() }
    while text.hasSuffix("\n") { text.removeLast() }
    return String(text)
  }
}
