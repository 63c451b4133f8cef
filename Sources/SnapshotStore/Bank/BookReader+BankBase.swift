import GRDB
public import LedgerDomain

/// The state of a bank account from which later dates follow: after its last statement, or before the
/// first close.
public struct BankBase: Sendable {
  /// The date.
  public var date: BusinessDate
  /// What was outstanding at its end.
  public var outstanding: [OutstandingItem]
  /// The closing balance of its statement; `nil` if there was none yet.
  public var statementClosingMinor: AmountMinor?
  /// What people had written off by then: ledger less bank, in minor units.
  public var writtenOffMinor: AmountMinor

  /// Creates a state.
  public init(
    date: BusinessDate, outstanding: [OutstandingItem], statementClosingMinor: AmountMinor?,
    writtenOffMinor: AmountMinor
  ) {
    self.date = date
    self.outstanding = outstanding
    self.statementClosingMinor = statementClosingMinor
    self.writtenOffMinor = writtenOffMinor
  }
}

extension BookReader {
  /// The last state of an account up to a date; `nil` if nothing is known of it.
  public func bankBase(
    _ books: BankBooks, account: BankAccount, through date: BusinessDate
  ) throws -> BankBase? {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT r.record_id, r.business_date, r.statement_closing_minor, r.written_off_minor
          FROM stored_reconciliation r
          WHERE r.tenant_ref = ?1 AND r.bank_account_ref = ?2 AND r.business_date <= ?3
            AND r.has_open_items = 1 AND NOT EXISTS (
              SELECT 1 FROM stored_reconciliation n
              WHERE n.tenant_ref = ?1 AND n.bank_account_ref = ?2
                AND n.business_date = r.business_date AND n.record_id > r.record_id)
          ORDER BY r.business_date DESC LIMIT 1
          """),
      arguments: [books.reference, account.reference, date.description])
    let new = try row.map { row in
      BankBase(
        date: try row.date(at: 1), outstanding: try openItems(ofRecord: row[0]),
        statementClosingMinor: row[2], writtenOffMinor: row[3])
    }
    let old = try oldBase(books, account: account, through: date)
    guard let old, new.map({ $0.date < old.date }) ?? true else { return new }
    return old
  }

  /// The last state up to a date that an older version of Tieout stored with a close.
  private func oldBase(
    _ books: BankBooks, account: BankAccount, through date: BusinessDate
  ) throws -> BankBase? {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT c.close_id, c.business_date,
            (SELECT s.statement_closing_minor
             FROM stored_close d JOIN stored_bank_reconciliation s ON s.close_id = d.close_id
             WHERE d.tenant_ref = ?1 AND d.business_date <= c.business_date
               AND s.bank_account_ref = ?2 AND s.statement_closing_minor IS NOT NULL
             ORDER BY d.business_date DESC, d.close_id DESC LIMIT 1)
          FROM stored_bank_reconciliation b JOIN stored_close c ON c.close_id = b.close_id
          WHERE c.tenant_ref = ?1 AND b.bank_account_ref = ?2 AND c.business_date <= ?3
          ORDER BY c.business_date DESC, c.close_id DESC LIMIT 1
          """),
      arguments: [books.reference, account.reference, date.description])
    return try row.map { row in
      let oldDate = try row.date(at: 1)
      return BankBase(
        date: oldDate,
        outstanding: try outstandingItems(CloseID(row[0]), account: account.reference)
          .filter { $0.item.side == .bank || $0.item.date <= oldDate },
        statementClosingMinor: row[2], writtenOffMinor: 0)
    }
  }

  /// The last date up to another on which an account was compared with a statement of its own, as known
  /// now; `nil` if there was none.
  public func lastComparison(
    _ books: BankBooks, account: String, through date: BusinessDate
  ) throws -> (
    date: BusinessDate, status: BankStatus, differenceMinor: AmountMinor, outstanding: Int
  )? {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT r.business_date, r.status, r.difference_minor, r.outstanding_count
          FROM stored_reconciliation r
          WHERE r.tenant_ref = ?1 AND r.bank_account_ref = ?2 AND r.business_date <= ?3
            AND r.statement_closing_minor IS NOT NULL AND r.settled_on IS NULL
            AND NOT EXISTS (
              SELECT 1 FROM stored_reconciliation n
              WHERE n.tenant_ref = ?1 AND n.bank_account_ref = ?2
                AND n.business_date = r.business_date AND n.record_id > r.record_id)
          UNION ALL
          SELECT c.business_date, b.status, b.difference_minor,
            (SELECT count(*) FROM stored_outstanding_item o
              WHERE o.close_id = b.close_id AND o.bank_account_ref = ?2)
          FROM stored_close c JOIN stored_bank_reconciliation b ON b.close_id = c.close_id
          WHERE c.tenant_ref = ?1 AND b.bank_account_ref = ?2 AND c.business_date <= ?3
            AND b.statement_closing_minor IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM stored_close r WHERE r.replaces_close_id = c.close_id)
          ORDER BY 1 DESC LIMIT 1
          """),
      arguments: [books.reference, account, date.description])
    return try row.map { row in
      guard let status = BankStatus(rawValue: try row.text(1)) else {
        throw Row.altered("an invalid bank reconciliation")
      }
      return (try row.date(at: 0), status, row[2], row[3] ?? 0)
    }
  }

  /// The first date whose statements contradict each other as known now; `nil` if none do.
  public func firstContradiction(
    _ books: BankBooks, account: String
  ) throws -> BusinessDate? {
    try String.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT min(r.business_date) FROM stored_reconciliation r
          WHERE r.tenant_ref = ?1 AND r.bank_account_ref = ?2
            AND r.record_id IN (
              SELECT record_id FROM stored_bank_finding WHERE code = 'statement_contradiction')
            AND NOT EXISTS (
              SELECT 1 FROM stored_reconciliation n
              WHERE n.tenant_ref = ?1 AND n.bank_account_ref = ?2
                AND n.business_date = r.business_date AND n.record_id > r.record_id)
          """),
      arguments: [books.reference, account]
    ).flatMap { BusinessDate($0) }
  }

  /// The first date from which the ledger's items of an account are known: closes of older versions, and
  /// closes while the job did not name the account, did not store them.
  public func bankItemsKnownFrom(
    _ books: BankBooks, account: BankAccount
  ) throws -> BusinessDate {
    let last = try String.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT c.business_date FROM stored_close c
          WHERE c.tenant_ref = ?1 AND NOT EXISTS (
              SELECT 1 FROM stored_close r WHERE r.replaces_close_id = c.close_id)
            AND NOT EXISTS (
              SELECT 1 FROM stored_bank_position p WHERE p.close_id = c.close_id
                AND p.account_code = ?2 AND p.currency = ?3)
          ORDER BY c.business_date DESC LIMIT 1
          """),
      arguments: [
        books.reference, account.account.description, account.currency.description,
      ])
    return last.flatMap { BusinessDate($0) }?.advanced(by: 1) ?? books.firstDate
  }

  /// The ledger's closing balance of an account at a date, debits less credits, as currently known.
  public func bankLedgerClosing(
    _ books: BankBooks, key: BalanceKey, date: BusinessDate
  ) throws -> AmountMinor {
    try balance(
      tenantReference: books.reference, key: key, date: date, closes: 0...Int64.max
    )?.normalBalanceMinor(on: .debit) ?? 0
  }

  /// Whether an account has a balance at a date.
  public func hasBalance(_ books: BankBooks, key: BalanceKey, date: BusinessDate) throws -> Bool {
    try balance(
      tenantReference: books.reference, key: key, date: date, closes: 0...Int64.max) != nil
  }

  /// The current close of each date of a range.
  public func currentCloses(
    _ books: BankBooks, dates: ClosedRange<BusinessDate>
  ) throws -> [BusinessDate: CloseID] {
    var closes: [BusinessDate: CloseID] = [:]
    for row in try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT business_date, close_id FROM stored_close
          WHERE tenant_ref = ? AND business_date BETWEEN ? AND ? ORDER BY close_id
          """),
      arguments: [
        books.reference, dates.lowerBound.description, dates.upperBound.description,
      ])
    { closes[try row.date(at: 0)] = CloseID(row[1]) }
    return closes
  }
}
