import Reports
public import Runbook

/// The runbook's entries of a code, for people and as JSON.
public struct ExplainSheet {
  private let entries: [RunbookEntry]
  private let columns: Int

  /// A sheet of that width.
  public init(_ entries: [RunbookEntry], style: TerminalStyle) {
    self.entries = entries
    columns = style.tableColumns
  }

  /// The entries, one after the other.
  public func text() -> String {
    entries.map(text).joined(separator: "\n")
  }

  private func text(_ entry: RunbookEntry) -> String {
    var text = "\(entry.code) (\(entry.section))\n"
    for cell in entry.cells where !cell.text.isEmpty {
      text += "\n" + cell.heading + ":\n" + paragraph(cell.text, indent: 2)
    }
    if !entry.more.isEmpty { text += "\n" + section(entry.more) }
    return text
  }

  /// A subsection: running text is wrapped, rows of tables too; commands stay as they are, to be copied.
  private func section(_ markdown: String) -> String {
    var text = ""
    var running: [String] = []
    var isInTable = false
    func flush() {
      guard !running.isEmpty else { return }
      text += paragraph(running.joined(separator: " "), indent: 2)
      running = []
    }
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("|") {
        flush()
        // The headings and the line below them say nothing that the rows do not.
        if isInTable && !line.hasPrefix("|---") { text += row(line) }
        isInTable = true
        continue
      }
      isInTable = false
      if line.hasPrefix("    ") || line.isEmpty {
        flush()
        text += line.isEmpty ? "\n" : "  \(line)\n"
      } else {
        running.append(line)
      }
    }
    flush()
    return text
  }

  /// A row of a table as a line: `reclose: closes the late dates again`.
  private func row(_ line: String) -> String {
    let cells = line.split(separator: "|").map { cell in
      cell.split(separator: " ").joined(separator: " ")
    }
    return paragraph(cells.joined(separator: ": "), indent: 4)
  }

  private func paragraph(_ markdown: String, indent: Int) -> String {
    let lead = String(repeating: " ", count: indent)
    return DisplayText.paragraph(lead + Self.plain(markdown), to: columns, indent: indent)
  }

  /// Markdown without links' addresses, back-quotes and asterisks.
  static func plain(_ markdown: String) -> String {
    var text = ""
    var rest = markdown[...]
    while let character = rest.popFirst() {
      switch character {
      case "[":
        guard let end = rest.firstIndex(of: "]"), rest[end...].hasPrefix("]("),
          let close = rest[end...].firstIndex(of: ")")
        else {
          text.append(character)
          continue
        }
        text += plain(String(rest[..<end]))
        rest = rest[rest.index(after: close)...]
      case "`": continue
      case "*" where rest.first == "*": rest.removeFirst()
      case "*": continue
      default: text.append(character)
      }
    }
    return text
  }

  /// The entries as JSON.
  public func json() throws -> String {
    try JSONDocument.text(entries.map { ExplainDocument($0) })
  }
}

private struct ExplainDocument: Encodable {
  struct Cell: Encodable {
    let heading: String
    let text: String
  }
  let code: String
  let section: String
  let cells: [Cell]
  let more: String

  init(_ entry: RunbookEntry) {
    (code, section) = (entry.code, entry.section)
    cells = entry.cells.map { Cell(heading: $0.heading, text: ExplainSheet.plain($0.text)) }
    more = entry.more
  }
}
