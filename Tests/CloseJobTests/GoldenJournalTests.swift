import CloseJob
import LedgerDomain
import Testing

/// Ledgers small enough to be closed by hand.
@Suite("A small ledger")
struct GoldenJournalTests {
  @Test("debits and credits are never netted")
  func debitsAndCreditsAreNeverNetted() throws {
    let ledger = try LedgerTree()
    try ledger.export(
      "2026-01-05",
      """
      2026-01-05 | 1000 DR 500 | 3000 CR 500
      2026-01-05 | 2000 DR 120 | 1000 CR 120
      """)
    let result = try ledger.close(through: "2026-01-05")
    #expect(result.exitCode == 0)
    #expect(
      try ledger.books.balances("2026-01-05") == """
        1000 USD SETTLED 500 120
        2000 USD SETTLED 120 0
        3000 USD SETTLED 0 500
        """)
  }

  @Test("opening balances are kept, even without movements")
  func openingBalancesAreKept() throws {
    let ledger = try LedgerTree()
    try ledger.open(
      with: """
        1000,USD,SETTLED,900,100
        1100,USD,SETTLED,50,0
        3000,USD,SETTLED,0,850
        """)
    try ledger.export("2026-01-05", "2026-01-05 | 1000 DR 7 | 3000 CR 7")
    let result = try ledger.close(through: "2026-01-05")
    #expect(result.exitCode == 0 && result.notes.isEmpty)
    #expect(
      try ledger.books.balances("2026-01-05") == """
        1000 USD SETTLED 907 100
        1100 USD SETTLED 50 0
        3000 USD SETTLED 0 857
        """)
  }

  @Test("without opening balances, balances start at zero with one note")
  func missingOpeningBalancesAreNotedOnce() throws {
    let ledger = try LedgerTree()
    try ledger.exportEmptyDate("2026-01-05")
    try ledger.exportEmptyDate("2026-01-06")
    let first = try ledger.close(through: "2026-01-05")
    #expect(first.exitCode == 0)
    #expect(first.notes.contains("2026-01-05 is the first close. No opening balances are given"))
    #expect(!(try ledger.close(through: "2026-01-06").notes.contains("at zero")))
  }

  @Test("an opening balance of an unknown account stops the close")
  func unknownOpeningAccountIsRefused() throws {
    let ledger = try LedgerTree()
    try ledger.open(with: "1000,USD,SETTLED,5,5\n7777,USD,SETTLED,5,5")
    try ledger.exportEmptyDate("2026-01-05")
    let result = try ledger.close(through: "2026-01-05")
    #expect(result.exitCode == 2)
    #expect(result.failure.contains("line 3") && result.failure.contains("7777"))
    #expect(try ledger.books.rows("SELECT * FROM close_run").isEmpty)
  }

  @Test("a date without entries keeps every balance key")
  func emptyDateKeepsEveryKey() throws {
    let ledger = try LedgerTree()
    try ledger.export("2026-01-05", "2026-01-05 | 1000 DR 500 | 3000 CR 500")
    try ledger.exportEmptyDate("2026-01-06")
    let result = try ledger.close(through: "2026-01-06")
    #expect(result.exitCode == 0 && result.closedCount == 2)
    let balances = "1000 USD SETTLED 500 0\n3000 USD SETTLED 0 500"
    #expect(try ledger.books.balances("2026-01-05") == balances)
    #expect(try ledger.books.balances("2026-01-06") == balances)
  }

  @Test("currencies and layers of one account are separate")
  func currenciesAndLayersAreSeparate() throws {
    let ledger = try LedgerTree()
    try ledger.export(
      "2026-01-05",
      """
      2026-01-05 | 1000 DR 5 USD SETTLED | 3000 CR 5 USD SETTLED | 1000 DR 70 EUR PENDING | 3000 CR 70 EUR PENDING
      2026-01-05 | 1000 DR 900 JPY ENCUMBRANCE | 3000 CR 900 JPY ENCUMBRANCE
      2026-01-05 | 1000 DR 11 USD PENDING | 3000 CR 11 USD PENDING
      """)
    let result = try ledger.close(through: "2026-01-05")
    #expect(result.exitCode == 0)
    #expect(
      try ledger.books.balances("2026-01-05") == """
        1000 EUR PENDING 70 0
        1000 JPY ENCUMBRANCE 900 0
        1000 USD PENDING 11 0
        1000 USD SETTLED 5 0
        3000 EUR PENDING 0 70
        3000 JPY ENCUMBRANCE 0 900
        3000 USD PENDING 0 11
        3000 USD SETTLED 0 5
        """)
  }

  @Test("a key with only zero amounts has a row of zeros")
  func zeroAmountsGiveARowOfZeros() throws {
    let ledger = try LedgerTree()
    try ledger.export("2026-01-05", "2026-01-05 | 1000 DR 0 | 4000 CR 0")
    let result = try ledger.close(through: "2026-01-05")
    #expect(result.exitCode == 0)
    #expect(
      try ledger.books.balances("2026-01-05") == "1000 USD SETTLED 0 0\n4000 USD SETTLED 0 0")
  }

  @Test("an abnormal balance is a warning, not a break")
  func abnormalBalanceIsAWarning() throws {
    let ledger = try LedgerTree()
    try ledger.export("2026-01-05", "2026-01-05 | 1100 DR 500 | 1000 CR 500")
    let result = try ledger.close(through: "2026-01-05")
    #expect(result.exitCode == 0)
    let found = try ledger.books.rows(
      """
      SELECT code, severity, account_code, currency, layer, dr_minor, cr_minor, record FROM finding
      """)
    #expect(found == ["abnormal_balance warning 1000 USD SETTLED 0 500 -"])
  }

  @Test("an entry unbalanced within a currency and layer is quarantined")
  func unbalancedEntryIsQuarantined() throws {
    let ledger = try LedgerTree()
    try ledger.export(
      "2026-01-05",
      """
      2026-01-05 | 1000 DR 500 | 3000 CR 500
      2026-01-05 | 1000 DR 70 USD SETTLED | 3000 CR 70 USD PENDING
      """)
    let result = try ledger.close(through: "2026-01-05")
    #expect(result.exitCode == 1)
    let found = try ledger.books.rows(
      "SELECT code, record, currency, layer, dr_minor, cr_minor FROM finding ORDER BY layer")
    #expect(found == ["unbalanced 2 USD PENDING 0 70", "unbalanced 2 USD SETTLED 70 0"])
    #expect(
      try ledger.books.balances("2026-01-05") == "1000 USD SETTLED 500 0\n3000 USD SETTLED 0 500")
    #expect(try ledger.books.tieOuts("double_entry") == "2026-01-05 fail")
    #expect(
      try ledger.books.rows(
        "SELECT records_read, entries_accepted, records_quarantined FROM close_run") == ["2 1 1"])
  }
}
