/// What every code means and what to do about it: `docs/runbook.md`, compiled in.
///
///     Runbook.shared.entries(of: "late_input")  // the refusal and the tie-out of that name
public struct Runbook: Sendable {
  /// The entries of the page, in its order.
  public let entries: [RunbookEntry]

  /// The page of this version.
  public static let shared = Runbook(markdown: Templates.runbook_md)

  /// The entries of a page: the rows of tables whose first column is headed `code`, `check` or `exit code`.
  ///
  /// A subsection whose title is the code in words belongs to its entry: "Late input" to `late_input`.
  public init(markdown: String) {
    var reader = RunbookReader()
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      reader.add(String(line))
    }
    entries = reader.finished()
  }

  /// The entries of a code; empty if the page does not have it.
  public func entries(of code: String) -> [RunbookEntry] {
    entries.filter { $0.code == code }
  }

  /// The codes, each once, in the order of the page.
  public var codes: [String] {
    var seen: Set<String> = []
    return entries.map(\.code).filter { seen.insert($0).inserted }
  }
}

/// What the runbook says of a code in one table.
public struct RunbookEntry: Hashable, Sendable {
  /// The code, as messages and reports write it.
  public let code: String
  /// The section that it stands in: `Refusals`, `Findings`, `Tie-outs`, …
  public let section: String
  /// The cells after the code, each under its column's heading, in Markdown.
  public let cells: [RunbookCell]
  /// The subsection about the code, in Markdown; empty if there is none.
  public internal(set) var more: String = ""
}

/// A cell of a runbook's table.
public struct RunbookCell: Hashable, Sendable {
  /// The heading of its column: `what to do`.
  public let heading: String
  /// Its text.
  public let text: String
}
