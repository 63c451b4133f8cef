import ArgumentParser
import JobConfiguration
import Operations
import Runbook

/// `tieout explain`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Prints what a code means, and what to do about it.",
    discussion: """
      Codes stand in brackets at the end of a message, in findings.csv, in the tie-outs of a report and in \
      errors of the balance API; exit codes are explained too. Without a code, lists them all. An unknown \
      code exits with 64.
      """)

  @Argument(help: "The code, such as late_input or 75 (default: list all).")
  var code: String?

  @OptionGroup var format: InspectionOptions

  func run() throws {
    try CommandFailure.reporting {
      let runbook = Runbook.shared
      guard let code else {
        try Output.write(format.isJSON ? sheet(runbook.entries).json() : list(runbook))
        return
      }
      let entries = runbook.entries(of: Self.normalized(code))
      guard !entries.isEmpty else { throw unknown(code, runbook) }
      try Output.write(format.isJSON ? sheet(entries).json() : sheet(entries).text())
    }
  }

  private func sheet(_ entries: [RunbookEntry]) -> ExplainSheet {
    ExplainSheet(entries, style: Output.style)
  }

  /// The code without what may surround it in a message: `[late_input]`, `Late input`.
  private static func normalized(_ code: String) -> String {
    code.lowercased().filter { !"[]`. ".contains($0) || $0 == " " }
      .split { $0 == " " || $0 == "-" }.joined(separator: "_")
  }

  private func unknown(_ code: String, _ runbook: Runbook) -> UsageError {
    let code = HarmlessText.of(code)
    let close = SpellingSuggestion.closest(
      to: Self.normalized(code), among: runbook.codes, count: 3)
    return UsageError(
      close.isEmpty
        ? "no code is '\(code)'. tieout explain lists all."
        : "no code is '\(code)'. Did you mean \(close.joined(separator: ", "))?")
  }

  /// All codes, section by section.
  private func list(_ runbook: Runbook) -> String {
    var text = ""
    var section = ""
    for entry in runbook.entries {
      if entry.section != section {
        text += (section.isEmpty ? "" : "\n") + entry.section + "\n"
        section = entry.section
      }
      text += "  \(entry.code)\n"
    }
    return text
  }
}
