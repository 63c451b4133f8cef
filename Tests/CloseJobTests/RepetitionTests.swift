import CloseJob
import LedgerDomain
import Testing

@Suite("Repeated entries")
struct RepetitionTests {
  @Test("of equal entries, the first in order of part and record is accepted")
  func firstOfEqualEntriesIsAccepted() throws {
    let ledger = try LedgerTree()
    // Written last, but first by name.
    try ledger.export(
      "2026-01-05", part: "b.ndjson",
      """
      2026-01-05 | 1000 DR 3 | 3000 CR 3
      #7 2026-01-05 | 1000 DR 500 | 3000 CR 500
      #7 2026-01-05 | 1000 DR 500 | 3000 CR 500
      """)
    try ledger.export(
      "2026-01-05", part: "a.ndjson", "#7 2026-01-05 | 1000 DR 500 | 3000 CR 500")
    let result = try ledger.close(through: "2026-01-05")
    #expect(result.exitCode == 1)
    #expect(
      try ledger.books.findings() == "duplicate_entry b.ndjson 2\nduplicate_entry b.ndjson 3")
    #expect(
      try ledger.books.balances("2026-01-05") == "1000 USD SETTLED 503 0\n3000 USD SETTLED 0 503")
  }

  @Test("different entries with one identifier conflict, and the first is accepted")
  func differentEntriesWithOneIdentifierConflict() throws {
    let ledger = try LedgerTree()
    try ledger.export(
      "2026-01-05", part: "part-10.ndjson", "#7 2026-01-05 | 1000 DR 600 | 3000 CR 600")
    try ledger.export(
      "2026-01-05", part: "part-09.ndjson", "#7 2026-01-05 | 1000 DR 500 | 3000 CR 500")
    try ledger.export(
      "2026-01-05", part: "part-11.ndjson", "#7 2026-01-04 | 1000 DR 500 | 3000 CR 500")
    try ledger.close(through: "2026-01-05")
    #expect(
      try ledger.books.findings() == """
        conflicting_duplicate part-10.ndjson 1
        conflicting_duplicate part-11.ndjson 1
        """)
    #expect(
      try ledger.books.balances("2026-01-05") == "1000 USD SETTLED 500 0\n3000 USD SETTLED 0 500")
  }

  @Test("the order of lines does not matter")
  func orderOfLinesDoesNotMatter() throws {
    let ledger = try LedgerTree()
    let header = """
      {"journal_entry_id":"\(JournalText.identifier(7))","event_type":"accrual",\
      "effective_at":"2026-01-05","posted_at":"2026-01-05T01:00:00Z","lines":
      """
    let debit = """
      {"sequence":1,"account_code":"1000","direction":"DR","amount_minor":"5",\
      "currency":"USD","layer":"SETTLED"}
      """
    let credit = """
      {"sequence":2,"account_code":"4000","direction":"CR","amount_minor":"5",\
      "currency":"USD","layer":"SETTLED"}
      """
    try ledger.export(
      "2026-01-05", "= \(header)[\(debit),\(credit)]}\n= \(header)[\(credit),\(debit)]}")
    try ledger.close(through: "2026-01-05")
    #expect(try ledger.books.findings() == "duplicate_entry part-00000.ndjson 2")
  }

  @Test("a quarantined entry does not use up its identifier")
  func quarantinedEntryDoesNotUseUpItsIdentifier() throws {
    let ledger = try LedgerTree()
    try ledger.export(
      "2026-01-05",
      """
      #7 2026-01-05 | 9999 DR 500 | 3000 CR 500
      #7 2026-01-05 | 1000 DR 500 | 3000 CR 500
      """)
    try ledger.close(through: "2026-01-05")
    #expect(try ledger.books.findings() == "unknown_account part-00000.ndjson 1")
    #expect(
      try ledger.books.balances("2026-01-05") == "1000 USD SETTLED 500 0\n3000 USD SETTLED 0 500")
  }

  @Test("a repeated entry leaves no finding about its effective date")
  func repeatedEntryLeavesNoEffectiveDateFinding() throws {
    let ledger = try LedgerTree()
    let entry = "#7 2026-01-04 | 1000 DR 5 | 3000 CR 5\n"
    try ledger.exportEmptyDate("2026-01-04")
    try ledger.export("2026-01-05", entry + entry + entry)
    let result = try ledger.close(through: "2026-01-05")
    #expect(
      try ledger.books.findings() == """
        backdated part-00000.ndjson 1
        duplicate_entry part-00000.ndjson 2
        duplicate_entry part-00000.ndjson 3
        """)
    let counts = result.tenants.flatMap(\.dates).flatMap(\.findingCounts)
    #expect(counts.map(\.code) == [.duplicateEntry, .backdated])
    #expect(counts.map(\.count) == [2, 1])
    #expect(
      try ledger.books.balances("2026-01-04") == "1000 USD SETTLED 5 0\n3000 USD SETTLED 0 5")
  }
}
