import LedgerDomain
import Testing

@testable import Operations

@Suite("The sheet of tieout status")
struct StatusSheetTests {
  private func text(columns: Int, names: [String]) throws -> String {
    var tenantNames = TenantNames()
    for (index, name) in names.enumerated() {
      try tenantNames.add(name, for: try SampleRun.tenant(index))
    }
    let rows = try (0..<3).map { index in
      StatusSheet.Row(
        tenant: try SampleRun.tenant(index), closedThrough: try SampleRun.date(5),
        certifiedBy: index == 0 ? "Ada Lovelace" : "",
        open: index == 1
          ? ["bank_reconciliation: OPERATING-USD does not reconcile since 2026-01-03"] : [])
    }
    return StatusSheet(rows, names: tenantNames, style: TerminalStyle(columns: columns)).text()
  }

  @Test("has a line for each tenant in 80 columns, and what is open below it")
  func sheetFitsEightyColumns() throws {
    #expect(
      try text(columns: 80, names: []) == """
        tenant                                closed through  state      certified by
        00000000-0000-4000-8000-00000000000a  2026-01-05      ties out   Ada Lovelace
        00000001-0000-4000-8000-00000000000a  2026-01-05      open       nobody
            bank_reconciliation: OPERATING-USD does not reconcile since 2026-01-03
        00000002-0000-4000-8000-00000000000a  2026-01-05      ties out   nobody

        1 of 3 tenants needs somebody.
        next: tieout explain CODE says what to do; tieout status --wide has all columns

        """)
  }

  @Test("shows names, and ids beside them if there is room")
  func namesAndIDs() throws {
    let names = ["Harbor Lending", "東京ローン"]
    #expect(try text(columns: 80, names: names).contains("\n東京ローン                            2026"))
    let wide = try text(columns: 140, names: names)
    #expect(
      wide.contains("Harbor Lending                        00000000-0000-4000-8000-00000000000a"))
  }

  @Test("is never wider than the terminal", arguments: [40, 60, 80, 120])
  func noLineIsWider(columns: Int) throws {
    for line in try text(columns: columns, names: ["A name of many words, as some have"])
      .split(separator: "\n")
    {
      #expect(DisplayText.columns(String(line)) <= columns, "\(line)")
    }
  }

  @Test("of no tenants has headings only")
  func noTenants() {
    let text = StatusSheet([], names: TenantNames(), style: TerminalStyle(columns: 80)).text()
    #expect(text == "tenant  closed through  state      certified by\n")
  }
}
