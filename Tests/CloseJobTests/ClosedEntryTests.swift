import CloseJob
import JobConfiguration
import LedgerDomain
import Testing

@Suite("Entries that an earlier date accepted")
struct ClosedEntryTests {
  private static let entry = "#7 2026-01-05 | 1000 DR 500 | 3000 CR 500"
  private static let once = "1000 USD SETTLED 500 0\n3000 USD SETTLED 0 500"

  private func ledger(window: Int = 35) throws -> LedgerTree {
    let ledger = try LedgerTree()
    ledger.settings.duplicateWindow = window
    return ledger
  }

  private func verifies(_ ledger: LedgerTree) throws -> Bool {
    let result = try VerifyRun(
      settings: ledger.settings, clock: RunClock { 0 }, dates: (nil, nil), isStoreOnly: false
    ).run()
    #expect(result.exitCode == 0, "\(VerifySummary.text(result))")
    return result.exitCode == 0
  }

  private func recloses(from date: String) -> CloseRequest {
    var request = CloseRequest()
    request.from = BusinessDate(date)
    request.recloses = true
    return request
  }

  @Test("is quarantined and counted once, and the finding names the date")
  func repeatedEntryIsCountedOnce() throws {
    let ledger = try ledger()
    try ledger.export("2026-01-05", Self.entry)
    try ledger.export("2026-01-06", "#8 2026-01-06 | 1000 DR 1 | 3000 CR 1\n" + Self.entry)
    let result = try ledger.close(through: "2026-01-06")
    #expect(result.exitCode == 1)
    #expect(try ledger.books.findings().contains("entry_already_closed part-00000.ndjson 2"))
    #expect(
      try ledger.books.rows("SELECT message FROM finding WHERE code = 'entry_already_closed'")
        .joined().contains("2026-01-05"))
    #expect(
      try ledger.books.balances("2026-01-06") == "1000 USD SETTLED 501 0\n3000 USD SETTLED 0 501")
    #expect(try verifies(ledger))
  }

  @Test("conflicts if its content is another")
  func otherContentConflicts() throws {
    let ledger = try ledger()
    try ledger.export("2026-01-05", Self.entry)
    try ledger.export("2026-01-06", "#7 2026-01-05 | 1000 DR 501 | 3000 CR 501")
    try ledger.close(through: "2026-01-06")
    #expect(try ledger.books.findings() == "conflicting_duplicate part-00000.ndjson 1")
    #expect(try ledger.books.balances("2026-01-06") == Self.once)
    #expect(try verifies(ledger))
  }

  @Test(
    "is found within the window only",
    arguments: [(3, "2026-01-08", true), (3, "2026-01-09", false), (0, "2026-01-06", false)])
  func windowBoundsTheSearch(window: Int, date: String, isFound: Bool) throws {
    let ledger = try ledger(window: window)
    ledger.settings.missingDates = .empty
    try ledger.export("2026-01-05", Self.entry)
    try ledger.export(date, Self.entry)
    try ledger.close(through: date)
    #expect(try ledger.books.findings().contains("entry_already_closed") == isFound)
    #expect(
      try ledger.books.balances(date)
        == (isFound ? Self.once : "1000 USD SETTLED 1000 0\n3000 USD SETTLED 0 1000"))
    let kept = try ledger.books.rows("SELECT DISTINCT page_id >> 20 FROM identifier_prefix")
    #expect(kept.count <= window)
    #expect(try verifies(ledger))
  }

  @Test("a repetition does not renew the window: the accepting close counts")
  func repetitionDoesNotRenewTheWindow() throws {
    let ledger = try ledger(window: 2)
    ledger.settings.missingDates = .empty
    try ledger.export("2026-01-05", Self.entry)
    try ledger.export("2026-01-07", Self.entry)
    try ledger.export("2026-01-08", Self.entry)
    try ledger.close(through: "2026-01-08")
    #expect(
      try ledger.books.rows(
        "SELECT business_date FROM finding WHERE code = 'entry_already_closed'") == ["2026-01-07"])
    #expect(try verifies(ledger))
  }

  @Test("reclosing an earlier date comes out as closing in order does")
  func recloseOfAnEarlierDateMovesTheEntry() throws {
    let ledger = try ledger()
    try ledger.export("2026-01-05", "#1 2026-01-05 | 1000 DR 1 | 3000 CR 1")
    try ledger.export("2026-01-06", Self.entry)
    try ledger.export("2026-01-07", "#2 2026-01-07 | 1000 DR 2 | 3000 CR 2")
    try ledger.close(through: "2026-01-07")
    try ledger.export("2026-01-05", part: "late.ndjson", Self.entry)
    let result = try ledger.run(recloses(from: "2026-01-05"))
    #expect(
      result.tenants[0].dates.map { "\($0.header.businessDate)" } == ["2026-01-05", "2026-01-06"])
    #expect(
      try ledger.books.balances("2026-01-05") == "1000 USD SETTLED 501 0\n3000 USD SETTLED 0 501")
    #expect(
      try ledger.books.balances("2026-01-07") == "1000 USD SETTLED 503 0\n3000 USD SETTLED 0 503")
    #expect(try verifies(ledger))
    // And back: without the late part, the later date's entry counts again.
    try ledger.remove("exports/tenant_id=\(LedgerTree.tenant)/date=2026-01-05/late.ndjson")
    let back = try ledger.run(recloses(from: "2026-01-05"))
    #expect(
      back.tenants[0].dates.map { "\($0.header.businessDate)" } == ["2026-01-05", "2026-01-06"])
    #expect(
      try ledger.books.rows(
        "SELECT close_id, line_count FROM movement WHERE effective_date = '2026-01-05' AND close_id > 5"
      ) == ["6 1", "6 1", "7 1", "7 1"])
    #expect(
      try ledger.books.balances("2026-01-07") == "1000 USD SETTLED 503 0\n3000 USD SETTLED 0 503")
    #expect(try verifies(ledger))
  }

  @Test("a date that would change with an earlier one needs its export")
  func affectedDateNeedsItsExport() throws {
    let ledger = try ledger()
    try ledger.export("2026-01-05", "#1 2026-01-05 | 1000 DR 1 | 3000 CR 1")
    try ledger.export("2026-01-06", Self.entry)
    try ledger.close(through: "2026-01-06")
    let before = try ledger.books.dump()
    try ledger.export("2026-01-05", part: "late.ndjson", Self.entry)
    try ledger.remove("exports/tenant_id=\(LedgerTree.tenant)/date=2026-01-06")
    let result = try ledger.run(recloses(from: "2026-01-05"))
    #expect(result.exitCode == 2)
    #expect(result.failure.contains("missing_export"))
    #expect(try ledger.books.dump() == before)
  }

  @Test("another tenant's entry with the same identifier counts")
  func otherTenantsEntryCounts() throws {
    let ledger = try ledger()
    try ledger.export("2026-01-05", Self.entry)
    try ledger.export("2026-01-06", tenant: LedgerTree.otherTenant, Self.entry)
    try ledger.exportEmptyDate("2026-01-06")
    try ledger.close(through: "2026-01-06")
    #expect(
      try ledger.books.findings()
        == "backdated part-00000.ndjson 1\neffective_before_opening part-00000.ndjson 1")
  }

  @Test("a reversal of an entry of an earlier date is compared with it")
  func reversalAcrossDatesIsCompared() throws {
    let ledger = try ledger()
    try ledger.export("2026-01-05", Self.entry)
    try ledger.export("2026-01-06", "#8 2026-01-06 reverses #7 | 1000 CR 499 | 3000 DR 499")
    try ledger.export("2026-01-07", "#9 2026-01-07 reverses #7 | 1000 CR 500 | 3000 DR 500")
    try ledger.close(through: "2026-01-07")
    #expect(
      try ledger.books.rows(
        "SELECT business_date, code FROM finding WHERE code LIKE 'reversal%' ORDER BY close_id, code"
      )
        == [
          "2026-01-06 reversal_mismatch", "2026-01-07 reversal_repeated",
        ])
    #expect(try verifies(ledger))
  }
}
