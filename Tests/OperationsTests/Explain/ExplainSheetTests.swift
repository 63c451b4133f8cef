import Runbook
import Testing

@testable import Operations

@Suite("The runbook's entry of a code")
struct ExplainSheetTests {
  private static let page = """
    ## Refusals

    A refusal stops a date.

    | code | what happened | what to do |
    |---|---|---|
    | `gap` | The range starts late. | Start with `--from`, see [below](#gap). |
    | no code | x | y |

    | metric | |
    |---|---|
    | `other` | |

    ### Gap

    Dates are closed
    in order.

        tieout backfill --from D

    | mode | effect |
    |---|---|
    | `fill` | closes *all* of them |

    ## Exit codes

    | exit code | what it means |
    |---|---|
    | `1` | Breaks. |
    """

  @Test("is read from tables of codes, with the subsection of its name")
  func entriesAreReadFromTables() {
    let runbook = Runbook(markdown: Self.page)
    #expect(runbook.codes == ["gap", "1"])
    let entry = runbook.entries(of: "gap")
    #expect(entry.map(\.section) == ["Refusals"])
    #expect(entry.first?.cells.map(\.heading) == ["what happened", "what to do"])
    #expect(entry.first?.more.hasPrefix("Dates are closed") == true)
  }

  @Test("is plain text, wrapped, with commands as they are")
  func textIsPlain() {
    let entries = Runbook(markdown: Self.page).entries(of: "gap")
    #expect(
      ExplainSheet(entries, style: TerminalStyle(columns: 24)).text() == """
        gap (Refusals)

        what happened:
          The range starts late.

        what to do:
          Start with --from, see
          below.

          Dates are closed in
          order.

              tieout backfill --from D

            fill: closes all of
            them

        """)
  }

  @Test("is there for every code of the page that is compiled in")
  func everyCodeIsExplained() {
    let runbook = Runbook.shared
    #expect(runbook.codes.count > 90)
    for entry in runbook.entries {
      #expect(entry.cells.last?.text.isEmpty == false, "\(entry.code) says nothing to do")
    }
    #expect(runbook.entries(of: "late_input").map(\.section) == ["Refusals", "Tie-outs"])
    #expect(runbook.entries(of: "late_input").last?.more.contains("recheck_dates") == true)
  }
}
