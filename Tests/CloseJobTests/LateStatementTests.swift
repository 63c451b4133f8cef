import CloseJob
import JobConfiguration
import LedgerDomain
import Testing

/// A bank that delivers late, corrects what it sent, or sends nothing.
@Suite("Late and unusable bank statements")
struct LateStatementTests {
  private func ledger() throws -> LedgerTree {
    let ledger = try LedgerTree.withBank()
    try ledger.export("2026-01-05", "2026-01-05 | 1000 DR 500 | 3000 CR 500")
    try ledger.export("2026-01-06", "2026-01-06 | 1000 DR 200 | 3000 CR 200")
    return ledger
  }

  private func statement(
    _ ledger: LedgerTree, _ date: String, _ opening: String, _ closing: String, _ rows: String...
  ) throws {
    try ledger.write(
      "statements/tenant_id=\(LedgerTree.tenant)/date=\(date)/main.csv",
      "Opening,\(opening)\ndate,amount,reference\n" + rows.map { "\(date),\($0)\n" }.joined()
        + "Closing,\(closing)\n")
  }

  /// Every version: date, version, status, difference, matches by amount.
  private func versions(_ ledger: LedgerTree) throws -> [String] {
    try ledger.books.rows(
      """
      SELECT business_date, version, status, difference_minor, matched_by_amount
      FROM bank_reconciliation ORDER BY business_date, version
      """)
  }

  @Test("a statement that covers several dates settles them all")
  func statementOfSeveralDatesSettlesThem() throws {
    let ledger = try ledger()
    #expect(try ledger.close(through: "2026-01-05").exitCode == 0)
    #expect(try versions(ledger) == ["2026-01-05 1 pending 0 0"])
    #expect(try ledger.books.rows("SELECT amount_minor FROM ledger_item") == ["500"])
    try ledger.write(
      "statements/tenant_id=\(LedgerTree.tenant)/main.csv",
      "Opening,0.00\ndate,amount,reference\n2026-01-05,5.00,\n2026-01-06,2.00,\nClosing,7.00\n")
    #expect(try ledger.close(through: "2026-01-06").exitCode == 0)
    #expect(
      try versions(ledger) == [
        "2026-01-05 1 pending 0 0", "2026-01-05 2 reconciled 0 0", "2026-01-06 1 reconciled 0 2",
      ])
    #expect(try ledger.books.rows("SELECT 1 FROM outstanding_item") == [])
    #expect(try ledger.verify().exitCode == 0)
  }

  @Test("a late statement is taken up by the next run, which closes nothing again")
  func lateStatementIsTakenUp() throws {
    let ledger = try ledger()
    try ledger.close(through: "2026-01-06")
    try statement(ledger, "2026-01-05", "0.00", "5.00", "5.00,")
    let again = try ledger.close(through: "2026-01-06")
    #expect(again.exitCode == 0 && again.closedCount == 0, "\(again.notes)")
    #expect(
      again.tenants.flatMap(\.reconciled).map { "\($0.date) \($0.version) \($0.status)" }
        == ["2026-01-05 2 reconciled"])
    // The same again is a no-op.
    #expect(try ledger.close(through: "2026-01-06").tenants.flatMap(\.reconciled) == [])
    try ledger.export("2026-01-07", "2026-01-07 | 1000 DR 10 | 3000 CR 10")
    try statement(ledger, "2026-01-07", "5.00", "7.10", "2.00,", "0.10,")
    #expect(try ledger.close(through: "2026-01-07").exitCode == 0)
    #expect(
      try versions(ledger) == [
        "2026-01-05 1 pending 0 0", "2026-01-05 2 reconciled 0 1", "2026-01-06 1 pending 0 0",
        "2026-01-06 2 reconciled 0 0", "2026-01-07 1 reconciled 0 2",
      ])
    #expect(try ledger.books.rows("SELECT count(*) FROM close_run") == ["3"])
    #expect(try ledger.verify().exitCode == 0)
  }

  @Test("an early statement waits for its date to be closed")
  func earlyStatementWaits() throws {
    let ledger = try ledger()
    try statement(ledger, "2026-01-05", "0.00", "5.00", "5.00,")
    try statement(ledger, "2026-01-06", "5.00", "7.00", "2.00,")
    #expect(try ledger.close(through: "2026-01-05").exitCode == 0)
    #expect(try versions(ledger) == ["2026-01-05 1 reconciled 0 1"])
    #expect(try ledger.close(through: "2026-01-06").exitCode == 0)
    #expect(try versions(ledger).last == "2026-01-06 1 reconciled 0 1")
  }

  @Test("a different balance and a missing posting are breaks")
  func differenceIsABreakWithItsCause() throws {
    let ledger = try ledger()
    try statement(ledger, "2026-01-05", "0.00", "4.90", "5.00,", "-0.10,FEE")
    #expect(try ledger.close(through: "2026-01-05").exitCode == 1)
    #expect(try versions(ledger) == ["2026-01-05 1 unreconciled 10 1"])
    #expect(
      try ledger.books.rows("SELECT side, reference, amount_minor, since FROM outstanding_item")
        == ["bank account_servicer=FEE -10 2026-01-05"])
    #expect(try ledger.books.tieOuts("bank_reconciliation") == "2026-01-05 fail")
  }

  @Test(
    "an unusable statement is a break until it is gone, and is not partly used",
    arguments: ["", "Opening,1.00", "\u{0}"])
  func unusableStatementIsABreak(text: String) throws {
    let ledger = try ledger()
    let path = "statements/tenant_id=\(LedgerTree.tenant)/date=2026-01-05/main.csv"
    try ledger.write(path, text)
    #expect(try ledger.close(through: "2026-01-05").exitCode == 1)
    #expect(
      try ledger.books.rows("SELECT code, file FROM finding")
        == ["statement_malformed date=2026-01-05/main.csv"])
    #expect(try ledger.books.tieOuts("bank_reconciliation") == "2026-01-05 fail")
    #expect(try ledger.close(through: "2026-01-05").exitCode == 1)
    try ledger.remove(path)
    #expect(try ledger.close(through: "2026-01-05").exitCode == 0)
  }

  @Test("of two that contradict each other, removing one decides")
  func removingOneOfTwoDecides() throws {
    let ledger = try ledger()
    try statement(ledger, "2026-01-05", "0.00", "5.00", "5.00,")
    let wrong = "statements/tenant_id=\(LedgerTree.tenant)/wrong/main.csv"
    try ledger.write(
      wrong, "Opening,0.00\ndate,amount,reference\n2026-01-05,4.00,OTHER\nClosing,4.00\n")
    #expect(try ledger.close(through: "2026-01-05").exitCode == 1)
    #expect(
      try ledger.books.rows("SELECT DISTINCT code FROM finding") == ["statement_contradiction"])
    try ledger.remove(wrong)
    #expect(try ledger.close(through: "2026-01-05").exitCode == 0)
    #expect(try versions(ledger).last == "2026-01-05 2 reconciled 0 1")
  }

  @Test("another tenant's statement is ignored; a file of an unknown kind is a finding")
  func unknownKindIsAFinding() throws {
    let ledger = try ledger()
    try ledger.write(
      "statements/tenant_id=\(LedgerTree.otherTenant)/date=2026-01-05/main.csv", "nonsense")
    #expect(try ledger.close(through: "2026-01-05").exitCode == 0)
    try ledger.write("statements/tenant_id=\(LedgerTree.tenant)/date=2026-01-06/main.pdf", "x")
    let result = try ledger.close(through: "2026-01-06")
    #expect(result.exitCode == 1 && result.closedCount == 1)
    #expect(
      try ledger.books.rows("SELECT file FROM finding") == ["date=2026-01-06/main.pdf"])
  }

  @Test("a repeated entry is matched once")
  func repeatedEntryIsMatchedOnce() throws {
    let ledger = try ledger()
    let entry = "#7 2026-01-05 | 1000 DR 500 | 3000 CR 500\n"
    try ledger.export("2026-01-05", String(repeating: entry, count: 90))
    try ledger.export("2026-01-05", part: "part-00001.ndjson", entry)
    try statement(ledger, "2026-01-05", "0.00", "5.00", "5.00,")
    ledger.settings.maxQuarantinedPercent = 100
    try ledger.close(through: "2026-01-05")
    #expect(try versions(ledger) == ["2026-01-05 1 reconciled 0 1"])
    #expect(
      try ledger.books.rows("SELECT count(*) FROM finding WHERE code = 'duplicate_entry'") == ["90"]
    )
  }

  @Test("a future-dated entry is compared from its effective date")
  func futureDatedEntryIsComparedFromItsDate() throws {
    let ledger = try ledger()
    try ledger.export("2026-01-05", "2026-01-06 | 1000 DR 500 | 3000 CR 500")
    try ledger.exportEmptyDate("2026-01-06")
    try statement(ledger, "2026-01-05", "0.00", "0.00")
    try statement(ledger, "2026-01-06", "0.00", "5.00", "5.00,")
    #expect(try ledger.close(through: "2026-01-06").exitCode == 0)
    #expect(try versions(ledger).last == "2026-01-06 1 reconciled 0 1")
  }
}
