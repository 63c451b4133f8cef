import CloseJob
import JobConfiguration
import LedgerDomain
import Testing

@Suite("Settling bank items by hand")
struct SettleRunTests {
  /// A ledger with 5.00 that the bank booked as 4.90, and a fee of the bank.
  private func ledger() throws -> LedgerTree {
    let ledger = try LedgerTree.withBank()
    try ledger.export("2026-01-05", "#1 2026-01-05 | 1000 DR 500 | 3000 CR 500")
    try ledger.statement(
      "05", opening: 0, closing: 470, rows: "2026-01-05,4.90,X\n2026-01-05,-0.20,FEE\n")
    #expect(try ledger.close(through: "2026-01-05").exitCode == 1)
    return ledger
  }

  private func item(_ ledger: LedgerTree, _ amount: Int) throws -> String {
    try ledger.books.rows("SELECT identity FROM outstanding_item WHERE amount_minor = \(amount)")
      .first ?? ""
  }

  private func current(_ ledger: LedgerTree) throws -> [String] {
    try ledger.books.rows(
      """
      SELECT business_date, status, difference_minor, unexplained_minor, written_off_minor
      FROM current_bank_reconciliation ORDER BY 1
      """)
  }

  @Test("a match and a write-off reconcile the account, and undoing them opens it again")
  func settledItemsReconcile() throws {
    let ledger = try ledger()
    #expect(try current(ledger) == ["2026-01-05 unreconciled 30 0 0"])
    let (paid, booked) = (try item(ledger, 500), try item(ledger, 490))
    let fee = try item(ledger, -20)
    let matched = try ledger.settle(.settle([paid, booked]))
    #expect(matched.decisions.map(\.kind) == [.match])
    #expect(try current(ledger) == ["2026-01-05 unreconciled 30 0 10"])
    let writtenOff = try ledger.settle(.settle([fee]))
    #expect(writtenOff.decisions.map(\.kind) == [.writeOff] && writtenOff.breaks == [])
    #expect(try current(ledger) == ["2026-01-05 reconciled 30 0 30"])
    #expect(try ledger.close(through: "2026-01-05").exitCode == 0)
    // The next date begins with nothing outstanding.
    try ledger.export("2026-01-06", "2026-01-06 | 1000 DR 7 | 3000 CR 7")
    try ledger.statement("06", opening: 470, closing: 477, rows: "2026-01-06,0.07,\n")
    #expect(try ledger.close(through: "2026-01-06").exitCode == 0)
    #expect(try ledger.verify().exitCode == 0)
    try ledger.settle(.undo([fee]))
    #expect(
      try current(ledger)
        == ["2026-01-05 unreconciled 30 0 10", "2026-01-06 unreconciled 30 0 10"])
    #expect(try ledger.close(through: "2026-01-06").exitCode == 1)
    #expect(try ledger.verify().exitCode == 0)
    #expect(try ledger.books.rows("SELECT count(*) FROM close_run") == ["2"])
  }

  @Test("what is not outstanding, or not settled, is refused")
  func unknownItemsAreRefused() throws {
    let ledger = try ledger()
    let fee = try item(ledger, -20)
    let records = try ledger.books.rows("SELECT count(*) FROM bank_record")
    #expect(throws: CloseRefusal.self) { try ledger.settle(.settle(["nonsense"])) }
    #expect(throws: CloseRefusal.self) { try ledger.settle(.settle([fee, fee])) }
    #expect(throws: CloseRefusal.self) { try ledger.settle(.match([fee])) }
    #expect(throws: CloseRefusal.self) { try ledger.settle(.undo([fee])) }
    #expect(throws: UsageError.self) { try ledger.settle(.settle([fee]), account: "other") }
    #expect(try ledger.books.rows("SELECT count(*) FROM bank_record") == records)
  }

  @Test("what was outstanding before the first close clears")
  func openingItemClears() throws {
    let ledger = try LedgerTree.withBank()
    try ledger.open(with: "1000,USD,SETTLED,100,0\n3000,USD,SETTLED,0,100")
    // The ledger had paid 0.50 that the bank has not booked yet.
    try ledger.write(
      "outstanding.csv",
      "bank_account,side,date,amount_minor,reference\nmain,ledger,2025-12-30,-50,CHEQUE-7\n")
    ledger.settings.openingOutstanding = "\(ledger.directory)/outstanding.csv"
    try ledger.export("2026-01-05", "2026-01-05 | 1000 DR 10 | 3000 CR 10")
    try ledger.statement(
      "05", opening: 150, closing: 110, rows: "2026-01-05,-0.50,CHEQUE-7\n2026-01-05,0.10,\n")
    let result = try ledger.close(through: "2026-01-05")
    #expect(result.exitCode == 0, "\(result.tenants.flatMap(\.bankBreaks))")
    #expect(try current(ledger) == ["2026-01-05 reconciled 0 0 0"])
    #expect(
      try ledger.books.rows(
        "SELECT rule, identity FROM bank_match WHERE amount_minor = -50 AND side = 'ledger'")
        == ["reference opening/2"])
  }

  @Test("a backdated entry counts from its close on, and earlier dates stay as they are")
  func backdatedEntryCountsFromItsClose() throws {
    let ledger = try LedgerTree.withBank()
    try ledger.exportEmptyDate("2026-01-05")
    try ledger.statement("05", opening: 0, closing: 300, rows: "2026-01-05,3.00,LATE\n")
    #expect(try ledger.close(through: "2026-01-05").exitCode == 1)
    try ledger.export("2026-01-06", "2026-01-05 | 1000 DR 300 | 3000 CR 300")
    try ledger.statement("06", opening: 300, closing: 310, rows: "2026-01-06,0.10,\n")
    try ledger.export(
      "2026-01-06", part: "part-00001.ndjson", "2026-01-06 | 1000 DR 10 | 3000 CR 10")
    let result = try ledger.close(through: "2026-01-06")
    #expect(result.exitCode == 0, "\(result.tenants.flatMap(\.bankBreaks))")
    let standing = ["2026-01-05 unreconciled -300 0 0", "2026-01-06 reconciled 0 0 0"]
    #expect(try current(ledger) == standing)
    _ = try ledger.reconcile(from: "2026-01-05")
    #expect(try current(ledger) == standing)
  }

  @Test("a certification is withdrawn only where a figure changed")
  func certificationFollowsFigures() throws {
    let ledger = try LedgerTree.withBank()
    for date in ["2026-01-05", "2026-01-06"] {
      try ledger.export(date, "\(date) | 1000 DR 100 | 3000 CR 100")
      try ledger.close(through: date)
      try ledger.certify(date)
    }
    try ledger.statement("05", opening: 0, closing: 100, rows: "2026-01-05,1.00,\n")
    try ledger.statement("06", opening: 100, closing: 250, rows: "2026-01-06,1.50,\n")
    #expect(try ledger.reconcile().exitCode == 1)
    #expect(
      try ledger.books.rows(
        "SELECT business_date, withdrawn_by_record_id IS NOT NULL FROM certification ORDER BY 1")
        == ["2026-01-05 0", "2026-01-06 1"])
  }
}
