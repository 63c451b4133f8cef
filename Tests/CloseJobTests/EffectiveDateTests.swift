import CloseJob
import JobConfiguration
import LedgerDomain
import Testing

/// Entries that count from another date than the one they were posted on.
@Suite("An entry's effective date")
struct EffectiveDateTests {
  @Test("a backdated entry restates later dates and keeps their earlier versions")
  func backdatedEntryRestatesLaterDates() throws {
    let ledger = try LedgerTree()
    try ledger.export("2026-01-05", "2026-01-05 | 1000 DR 500 | 3000 CR 500")
    try ledger.exportEmptyDate("2026-01-06")
    try ledger.export(
      "2026-01-07",
      """
      2026-01-05 | 1000 DR 100 | 3000 CR 100
      2026-01-06 | 1000 DR 10 | 3000 CR 10
      2026-01-07 | 1000 DR 1 | 3000 CR 1
      """)
    let result = try ledger.close(through: "2026-01-07")
    #expect(result.exitCode == 0)
    let books = ledger.books
    #expect(try books.balances("2026-01-05") == "1000 USD SETTLED 600 0\n3000 USD SETTLED 0 600")
    #expect(try books.balances("2026-01-06") == "1000 USD SETTLED 610 0\n3000 USD SETTLED 0 610")
    #expect(try books.balances("2026-01-07") == "1000 USD SETTLED 611 0\n3000 USD SETTLED 0 611")
    let first = "1000 USD SETTLED 500 0\n3000 USD SETTLED 0 500"
    #expect(try books.balances("2026-01-05", knownAt: 1) == first)
    #expect(try books.balances("2026-01-06", knownAt: 2) == first)
    #expect(
      try books.restatements() == """
        3 1000 USD SETTLED 2026-01-05 500 0 -> 600 0
        3 1000 USD SETTLED 2026-01-06 500 0 -> 610 0
        3 3000 USD SETTLED 2026-01-05 0 500 -> 0 600
        3 3000 USD SETTLED 2026-01-06 0 500 -> 0 610
        """)
    #expect(
      try books.findings() == "backdated part-00000.ndjson 1\nbackdated part-00000.ndjson 2")
  }

  @Test("a future-dated entry counts from its effective date")
  func futureDatedEntryCountsFromItsDate() throws {
    let ledger = try LedgerTree()
    try ledger.export(
      "2026-01-05",
      """
      2026-01-05 | 1000 DR 500 | 3000 CR 500
      2026-01-07 | 1100 DR 40 | 1000 CR 40
      """)
    try ledger.exportEmptyDate("2026-01-06")
    try ledger.export("2026-01-07", "2026-01-07 | 1100 DR 2 | 1000 CR 2")
    let result = try ledger.close(through: "2026-01-07")
    #expect(result.exitCode == 0)
    let before = "1000 USD SETTLED 500 0\n3000 USD SETTLED 0 500"
    #expect(try ledger.books.balances("2026-01-05") == before)
    #expect(try ledger.books.balances("2026-01-06") == before)
    #expect(
      try ledger.books.balances("2026-01-07") == """
        1000 USD SETTLED 500 42
        1100 USD SETTLED 42 0
        3000 USD SETTLED 0 500
        """)
    #expect(try ledger.books.findings() == "future_effective part-00000.ndjson 2")
    #expect(try ledger.books.restatements() == "")
    #expect(
      try ledger.books.tieOuts("rollforward")
        == "2026-01-05 pass\n2026-01-06 pass\n2026-01-07 pass")
  }

  @Test("a future-dated entry counts once even if earlier dates are restated")
  func futureDatedEntryCountsOnceAfterRestatement() throws {
    let ledger = try LedgerTree()
    try ledger.export("2026-01-05", "2026-01-07 | 1000 DR 40 | 3000 CR 40")
    try ledger.exportEmptyDate("2026-01-06")
    try ledger.exportEmptyDate("2026-01-07")
    try ledger.export("2026-01-08", "2026-01-06 | 1000 DR 5 | 3000 CR 5")
    try ledger.close(through: "2026-01-08")
    #expect(try ledger.books.balances("2026-01-05") == "")
    #expect(
      try ledger.books.balances("2026-01-06") == "1000 USD SETTLED 5 0\n3000 USD SETTLED 0 5")
    for date in ["2026-01-07", "2026-01-08"] {
      #expect(try ledger.books.balances(date) == "1000 USD SETTLED 45 0\n3000 USD SETTLED 0 45")
    }
  }

  @Test("an entry effective before the first close counts from the first close")
  func entryBeforeFirstCloseCountsFromFirstClose() throws {
    let ledger = try LedgerTree()
    try ledger.export("2026-01-05", "2025-11-30 | 1000 DR 500 | 3000 CR 500")
    try ledger.export("2026-01-06", "2025-12-31 | 1000 DR 20 | 3000 CR 20")
    let result = try ledger.close(through: "2026-01-06")
    #expect(result.exitCode == 0)
    let balances = "1000 USD SETTLED 520 0\n3000 USD SETTLED 0 520"
    #expect(try ledger.books.balances("2026-01-05") == balances)
    #expect(try ledger.books.balances("2026-01-06") == balances)
    #expect(
      try ledger.books.balances("2026-01-05", knownAt: 1)
        == "1000 USD SETTLED 500 0\n3000 USD SETTLED 0 500")
    #expect(
      try ledger.books.rows("SELECT DISTINCT as_of_date FROM balance_snapshot ORDER BY 1")
        == ["2026-01-05", "2026-01-06"])
    let codes = try ledger.books.rows("SELECT code, count(*) FROM finding GROUP BY code")
    #expect(codes == ["backdated 2", "effective_before_opening 2"])
  }

  @Test("a backdated entry gives a new account balances from its effective date")
  func newAccountHasBalancesFromEffectiveDate() throws {
    let ledger = try LedgerTree()
    try ledger.export("2026-01-05", "2026-01-05 | 1000 DR 500 | 3000 CR 500")
    try ledger.exportEmptyDate("2026-01-06")
    try ledger.export("2026-01-07", "2026-01-06 | 4000 DR 9 | 4000 CR 9")
    try ledger.close(through: "2026-01-07")
    let books = ledger.books
    #expect(try books.balances("2026-01-05") == "1000 USD SETTLED 500 0\n3000 USD SETTLED 0 500")
    let after = "1000 USD SETTLED 500 0\n3000 USD SETTLED 0 500\n4000 USD SETTLED 9 9"
    #expect(try books.balances("2026-01-06") == after)
    #expect(try books.balances("2026-01-07") == after)
    #expect(try books.restatements() == "3 4000 USD SETTLED 2026-01-06 0 0 -> 9 9")
  }

  @Test("an entry in the locked period is reported and counted")
  func lockedPeriodEntryIsReportedAndCounted() throws {
    let ledger = try LedgerTree()
    ledger.settings.lockedThrough = BusinessDate("2026-01-05")
    try ledger.export("2026-01-05", "2026-01-05 | 1000 DR 1 | 3000 CR 1")
    try ledger.export(
      "2026-01-06",
      """
      2026-01-06 | 1000 DR 10 | 3000 CR 10
      2026-01-05 | 1000 DR 100 | 3000 CR 100
      """)
    let result = try ledger.close(through: "2026-01-06")
    #expect(result.exitCode == 1)
    #expect(try ledger.books.tieOuts("locked_period") == "2026-01-05 pass\n2026-01-06 fail")
    #expect(
      try ledger.books.rows(
        "SELECT business_date, code, severity, record FROM finding ORDER BY 1, 2")
        == [
          "2026-01-05 locked_period warning 1", "2026-01-06 backdated info 2",
          "2026-01-06 locked_period warning 2",
        ])
    #expect(
      try ledger.books.balances("2026-01-06") == "1000 USD SETTLED 111 0\n3000 USD SETTLED 0 111")
  }
}
