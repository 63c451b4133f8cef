import CloseJob
import JobConfiguration
import LedgerDomain
import Testing

/// A bank that delivers late, corrects what it sent, or sends nothing.
@Suite("Late and unusable bank statements")
struct LateStatementTests {
  private func ledger() throws -> LedgerTree {
    let ledger = try LedgerTree()
    ledger.settings.statements = "\(ledger.directory)/statements"
    ledger.settings.bankAccounts = try JobSettings(
      SettingSources(
        flags: [
          JobSettings.name(of: \.bankAccounts): SettingText(
            "ref=main,account=1000,currency=USD,csv_date=date,csv_amount=amount,csv_reference=reference,"
              + "csv_opening_row=Opening,csv_closing_row=Closing", source: "test")
        ], environment: [:], file: [:])
    ).bankAccounts
    try ledger.write("statements/.keep", "")
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

  private func reclose(_ ledger: LedgerTree, _ date: String) throws -> RunResult {
    ledger.settings.date = BusinessDate(date)
    var request = CloseRequest()
    request.recloses = true
    return try ledger.run(request)
  }

  private func statuses(_ ledger: LedgerTree) throws -> [String] {
    try ledger.books.rows(
      """
      SELECT close_id, business_date, status, difference_minor, matched_by_amount
      FROM bank_reconciliation ORDER BY close_id
      """)
  }

  @Test("without a statement the account is inconclusive, and its items stay outstanding")
  func missingStatementLeavesItemsOutstanding() throws {
    let ledger = try ledger()
    #expect(try ledger.close(through: "2026-01-05").exitCode == 0)
    #expect(
      try ledger.books.rows("SELECT side, amount_minor FROM outstanding_item") == ["ledger 500"])
    try statement(ledger, "2026-01-06", "0.00", "7.00", "5.00,", "2.00,")
    #expect(try ledger.close(through: "2026-01-06").exitCode == 0)
    #expect(
      try statuses(ledger) == ["1 2026-01-05 pending 0 0", "2 2026-01-06 reconciled 0 2"])
    #expect(try ledger.books.rows("SELECT 1 FROM outstanding_item WHERE close_id = 2") == [])
  }

  @Test("reclosing compares a late statement and clears the outstanding items")
  func recloseComparesALateStatement() throws {
    let ledger = try ledger()
    try ledger.close(through: "2026-01-06")
    #expect(try ledger.books.rows("SELECT count(*) FROM outstanding_item") == ["3"])
    try statement(ledger, "2026-01-05", "0.00", "5.00", "5.00,")
    let again = try reclose(ledger, "2026-01-05")
    #expect(again.exitCode == 0 && again.notes.contains("its bank statements changed"))
    // The same again is a no-op.
    #expect(try reclose(ledger, "2026-01-05").closedCount == 0)
    try ledger.export("2026-01-07", "2026-01-07 | 1000 DR 10 | 3000 CR 10")
    try statement(ledger, "2026-01-07", "5.00", "7.10", "2.00,", "0.10,")
    #expect(try ledger.close(through: "2026-01-07").exitCode == 0)
    #expect(
      try statuses(ledger).suffix(2) == [
        "3 2026-01-05 reconciled 0 1", "4 2026-01-07 reconciled 0 2",
      ])
    #expect(try ledger.verify().exitCode == 0)
  }

  @Test("a different balance and a missing posting are breaks")
  func differenceIsABreakWithItsCause() throws {
    let ledger = try ledger()
    try statement(ledger, "2026-01-05", "0.00", "4.90", "5.00,", "-0.10,FEE")
    #expect(try ledger.close(through: "2026-01-05").exitCode == 1)
    #expect(try statuses(ledger) == ["1 2026-01-05 unreconciled 10 1"])
    #expect(
      try ledger.books.rows("SELECT side, reference, amount_minor, since FROM outstanding_item")
        == ["bank FEE -10 2026-01-05"])
    #expect(try ledger.books.tieOuts("bank_reconciliation") == "2026-01-05 fail")
  }

  @Test(
    "an unusable statement is a break and is not partly used",
    arguments: ["", "Opening,1.00", "\u{0}"])
  func unusableStatementIsABreak(text: String) throws {
    let ledger = try ledger()
    try ledger.write(
      "statements/tenant_id=\(LedgerTree.tenant)/date=2026-01-05/main.csv", text)
    #expect(try ledger.close(through: "2026-01-05").exitCode == 1)
    #expect(
      try ledger.books.rows("SELECT code, file FROM finding")
        == ["statement_malformed date=2026-01-05/main.csv"])
    #expect(try ledger.books.tieOuts("bank_reconciliation") == "2026-01-05 fail")
  }

  @Test("another tenant's statement is ignored; an unexpected file stops the date")
  func unexpectedFileStopsTheDate() throws {
    let ledger = try ledger()
    try ledger.write(
      "statements/tenant_id=\(LedgerTree.otherTenant)/date=2026-01-05/main.csv", "nonsense")
    #expect(try ledger.close(through: "2026-01-05").exitCode == 0)
    try ledger.write("statements/tenant_id=\(LedgerTree.tenant)/date=2026-01-06/main.pdf", "x")
    let result = try ledger.close(through: "2026-01-06")
    #expect(result.exitCode == 2 && result.failure.contains("main.pdf"))
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
    #expect(try statuses(ledger) == ["1 2026-01-05 reconciled 0 1"])
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
    #expect(try statuses(ledger).last == "2 2026-01-06 reconciled 0 1")
  }
}
