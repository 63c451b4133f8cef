import CloseJob
import JobConfiguration
import LedgerDomain
import Testing

/// A bank that delivers every statement one to four days late, for a month of nights.
@Suite("A month of late statements")
struct MonthOfStatementsTests {
  private static let first = BusinessDate("2026-01-05") ?? BusinessDate(dayNumber: 0)
  private static let nights = 31

  /// How many nights after its date a statement arrives.
  private static func delay(_ day: Int) -> Int { 1 + (day * 7 + day / 3) % 4 }

  private func date(_ day: Int) -> String { Self.first.advanced(by: day).description }

  /// The statement of a day: everything that the ledger booked on it, the first entry as two in one.
  private func deliver(_ day: Int, to ledger: LedgerTree) throws {
    try ledger.statement(
      date(day), opening: day * 300, closing: (day + 1) * 300,
      rows: "\(date(day)),1.00,A\(day)\n\(date(day)),2.00,\n")
  }

  @Test("on the last night every date is reconciled, and no balance has a new version")
  func everyDateIsReconciled() throws {
    let ledger = try LedgerTree.withBank()
    // A weekend has no statement of its own in most months; here each date has one.
    ledger.settings.bankWeekend = []
    ledger.settings.bankOverdueDays = 4
    for day in 0..<Self.nights {
      for late in 0..<day where late + Self.delay(late) == day { try deliver(late, to: ledger) }
      try ledger.export(
        date(day),
        "\(date(day)) | 1000 DR 100 | 3000 CR 100\n\(date(day)) | 1000 DR 200 | 3000 CR 200")
      let result = try ledger.close(through: date(day))
      #expect(result.exitCode == 0, "\(date(day)): \(result.tenants.flatMap(\.bankBreaks))")
    }
    for day in 0..<Self.nights where day + Self.delay(day) >= Self.nights {
      try deliver(day, to: ledger)
    }
    #expect(try ledger.reconcile().exitCode == 0)
    let books = ledger.books
    #expect(
      try books.rows("SELECT status, count(*) FROM current_bank_reconciliation GROUP BY 1")
        == ["reconciled \(Self.nights)"])
    // Each date was pending first, and its history says when it became reconciled.
    #expect(
      try books.rows(
        """
        SELECT count(*) FROM bank_reconciliation p JOIN bank_reconciliation r
          ON r.business_date = p.business_date AND r.version > p.version
        WHERE p.version = 1 AND p.status = 'pending' AND r.status = 'reconciled'
        """) == ["\(Self.nights)"])
    #expect(try books.rows("SELECT count(*) FROM close_run") == ["\(Self.nights)"])
    #expect(try books.rows("SELECT count(*) FROM restatement") == ["0"])
    #expect(
      try books.rows(
        "SELECT max(n) FROM (SELECT count(*) AS n FROM balance_snapshot GROUP BY account_code, as_of_date)"
      )
        == ["1"])
    #expect(try ledger.verify().exitCode == 0)
    // Nothing is new: nothing is written.
    let records = try books.rows("SELECT count(*) FROM bank_record")
    #expect(try ledger.reconcile().tenants.flatMap(\.reconciled) == [])
    #expect(try books.rows("SELECT count(*) FROM bank_record") == records)
  }

  @Test("a statement that does not come is a break after so many banking days, weekends left out")
  func missingStatementIsOverdue() throws {
    let ledger = try LedgerTree.withBank()
    // 5 January is a Monday; the 7th is a holiday.
    ledger.settings.bankOverdueDays = 3
    ledger.settings.bankHolidays = [BusinessDate("2026-01-07")].compactMap(\.self)
    var codes: [Int32] = []
    for day in 0..<8 {
      try ledger.export(date(day), "\(date(day)) | 1000 DR 100 | 3000 CR 100")
      codes.append(try ledger.close(through: date(day)).exitCode)
    }
    // Banking days after the 5th: 6, 8, 9, 12; the fourth is one too many.
    #expect(codes == [0, 0, 0, 0, 0, 0, 0, 1])
    #expect(
      try ledger.books.rows(
        "SELECT business_date, detail FROM tie_out WHERE check_name = 'bank_reconciliation' AND status = 'fail'"
      )
      .first?.contains("for 2026-01-05 is overdue") == true)
    try deliverWeek(to: ledger)
    #expect(try ledger.close(through: date(7)).exitCode == 0)
    #expect(
      try ledger.books.rows("SELECT DISTINCT status FROM current_bank_reconciliation")
        == ["reconciled"])
  }

  /// One statement for all eight days.
  private func deliverWeek(to ledger: LedgerTree) throws {
    let rows = (0..<8).map { "\(date($0)),1.00,\n" }.joined()
    try ledger.statement(date(7), opening: 0, closing: 800, rows: rows)
  }
}

extension LedgerTree {
  /// A ledger whose account 1000 is compared with CSV statements.
  static func withBank() throws -> LedgerTree {
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
    return ledger
  }

  /// Writes a statement: balances in cents, rows with dates and amounts.
  func statement(
    _ name: String, opening: Int, closing: Int, rows: String
  ) throws {
    func text(_ cents: Int) -> String {
      AmountText.decimal(AmountMinor(cents), digits: 2)
    }
    try write(
      "statements/tenant_id=\(Self.tenant)/main-\(name).csv",
      "Opening,\(text(opening))\ndate,amount,reference\n\(rows)Closing,\(text(closing))\n")
  }

  /// Takes up statements without closing anything.
  func reconcile(from date: String? = nil) throws -> RunResult {
    let now = now
    return try ReconcileRun(
      settings: settings, clock: RunClock { now },
      dates: (date.flatMap { BusinessDate($0) }, nil)
    ).run()
  }
}
