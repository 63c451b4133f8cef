import Foundation
import Testing

@Suite("tieout explain")
struct ExplainCommandTests {
  @Test("prints every entry of a code, in 80 columns", arguments: ["late_input", "[late_input]"])
  func everyEntryOfACode(code: String) throws {
    let outcome = try TestDirectory().tieout("explain", code)
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.contains("late_input (Refusals)\n"))
    #expect(outcome.output.contains("late_input (Tie-outs)\n"))
    let prose = outcome.output.split(separator: "\n").filter { !$0.contains("      tieout ") }
    #expect(prose.allSatisfy { $0.count <= 80 })
    #expect(!outcome.output.contains("`") && !outcome.output.contains("]("))
  }

  @Test("explains exit codes, and what a message's code means", arguments: ["75", "unbalanced"])
  func exitCodesAreExplained(code: String) throws {
    let outcome = try TestDirectory().tieout("explain", code, "--json")
    #expect(outcome.exitCode == 0)
    let entries = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
    #expect(entries.first?["code"] as? String == code)
    let cells = entries.first?["cells"] as? [[String: String]]
    #expect(cells?.last?["heading"] == "what to do")
  }

  @Test("suggests the closest codes for an unknown one, and exits with 64")
  func unknownCodeHasSuggestions() throws {
    let misspelt = try TestDirectory().tieout("explain", "late_imput")
    #expect(misspelt.exitCode == 64 && misspelt.output == "")
    #expect(misspelt.errors.contains("Did you mean late_input"))
    let part = try TestDirectory().tieout("explain", "quarantine")
    #expect(part.errors.contains("open_quarantine"))
    for hostile in ["zzzzzzzzzzzz", "\u{1B}[2J", String(repeating: "x", count: 100_000)] {
      let outcome = try TestDirectory().tieout("explain", hostile)
      #expect(outcome.exitCode == 64 && !outcome.errors.contains("\u{1B}"))
    }
  }

  @Test("without a code lists them all")
  func allCodesAreListed() throws {
    let outcome = try TestDirectory().tieout("explain")
    for line in ["Exit codes", "  64", "Findings", "  unbalanced", "  store_unavailable"] {
      #expect(outcome.output.split(separator: "\n").contains(Substring(line)))
    }
  }
}
