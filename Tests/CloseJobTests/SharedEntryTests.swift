import CloseJob
import JobConfiguration
import LedgerDomain
import Testing

/// Regression tests of what random histories found: seed 22, and two that came from reading the code.
@Suite("An entry that several dates export")
struct SharedEntryTests {
  private static let entry = "#1 2026-01-05 | 1000 DR 500 | 3000 CR 500"
  private static let once = "1000 USD SETTLED 500 0\n3000 USD SETTLED 0 500"

  private func ledger(window: Int, _ dates: [String: String], through last: Int) throws
    -> LedgerTree
  {
    let ledger = try LedgerTree()
    ledger.settings.duplicateWindow = window
    for day in 5...last {
      let date = day < 10 ? "2026-01-0\(day)" : "2026-01-\(day)"
      try ledger.export(date, dates[date] ?? "")
      try ledger.close(through: date)
    }
    return ledger
  }

  @Test("beside a repetition of another entry leaves the right records out")
  func besideRepetition() throws {
    let ledger = try ledger(
      window: 3,
      [
        "2026-01-05": Self.entry,
        "2026-01-06": """
        #1 2026-01-05 | 1000 DR 500 | 3000 CR 500
        #2 2026-01-06 | 1000 DR 7 | 3000 CR 7
        #3 2026-01-06 | 1000 DR 9 | 3000 CR 9
        #2 2026-01-06 | 1000 DR 7 | 3000 CR 7
        """,
      ], through: 6)
    #expect(
      try ledger.books.findings().split(separator: "\n").filter { !$0.hasPrefix("backdated") } == [
        "entry_already_closed part-00000.ndjson 1", "duplicate_entry part-00000.ndjson 4",
      ])
    #expect(
      try ledger.books.balances("2026-01-06")
        == "1000 USD SETTLED 516 0\n3000 USD SETTLED 0 516")
    #expect(try ledger.verify().exitCode == 0)
  }

  @Test("moves on to the next date each time that one no longer has it")
  func movesFromDateToDate() throws {
    let dates = ["2026-01-05", "2026-01-06", "2026-01-07"]
    let ledger = try ledger(
      window: 3, Dictionary(uniqueKeysWithValues: dates.map { ($0, Self.entry) }), through: 8)
    for (date, left) in zip(dates, [["2026-01-06", "2026-01-07"], ["2026-01-07"], []]) {
      try ledger.exportEmptyDate(date)
      let closed = try ledger.closeAgain(date).tenants[0].dates.map(\.header)
      #expect(closed.map(\.businessDate.description) == [date] + left)
      #expect(closed.dropFirst().map(\.entriesAccepted).prefix(1) == (left.isEmpty ? [] : [1]))
      let balance = left.isEmpty ? "1000 USD SETTLED 0 0\n3000 USD SETTLED 0 0" : Self.once
      #expect(try ledger.books.balances("2026-01-08") == balance)
      #expect(try ledger.verify().exitCode == 0)
    }
  }

  @Test("conflicts once the date that has it gives it other content")
  func conflicts() throws {
    let ledger = try ledger(
      window: 3, ["2026-01-05": Self.entry, "2026-01-06": Self.entry], through: 6)
    try ledger.export("2026-01-05", "#1 2026-01-05 | 1000 DR 501 | 3000 CR 501")
    #expect(try ledger.closeAgain("2026-01-05").closedCount == 2)
    #expect(
      try ledger.books.rows("SELECT code FROM finding WHERE close_id = 4 AND severity = 'error'")
        == ["conflicting_duplicate"])
    #expect(try ledger.verify().exitCode == 0)
  }

  @Test("counts once, however long ago the date was closed that gives it up or takes it")
  func datesWhoseIdentifiersAreGone() throws {
    let ledger = try ledger(
      window: 3, ["2026-01-05": Self.entry, "2026-01-07": Self.entry], through: 9)
    try ledger.exportEmptyDate("2026-01-05")
    #expect(try ledger.closeAgain("2026-01-05").closedCount == 2)
    #expect(try ledger.books.balances("2026-01-09") == Self.once)
    try ledger.export("2026-01-05", Self.entry)
    #expect(try ledger.closeAgain("2026-01-05").closedCount == 2)
    #expect(try ledger.books.balances("2026-01-09") == Self.once)
    #expect(try ledger.verify().exitCode == 0)
  }
}
