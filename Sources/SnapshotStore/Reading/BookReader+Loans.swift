import GRDB
import GRDBSQLite
public import LedgerDomain

/// The tenant whose loans are read, and the close as known at which they are read.
public struct LoanBookScope: Sendable {
  let tenantReference: Int64
  /// Closes up to this one count.
  let knownAt: CloseID
  /// A close that no longer counts, although the one that replaces it is not stored yet.
  let replaced: CloseID?

  /// The loans as known at a close that is being written.
  public init(_ close: PendingClose) {
    (tenantReference, knownAt, replaced) = (close.tenantReference, close.closeID, close.replaces)
  }

  /// The loans of a tenant as known at a close.
  public init(_ state: TenantState, knownAt close: CloseID) {
    (tenantReference, knownAt, replaced) = (state.reference, close, nil)
  }
}

extension BookReader {
  /// Whether movement `m` counts as known at close `?2`, without close `?3`.
  private static let isCurrent = """
    m.close_id <= ?2 AND m.close_id <> ?3 AND NOT EXISTS (
      SELECT 1 FROM stored_close r WHERE r.replaces_close_id = m.close_id AND r.close_id <= ?2)
    """

  /// The close and the date up to which the loans' principal is stored; `nil` if it never was.
  public func loanBook(_ scope: LoanBookScope) throws -> (close: CloseID, asOf: BusinessDate)? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT close_id, as_of_date FROM loan_book WHERE tenant_ref = ?"),
      arguments: [scope.tenantReference]
    ).map { (CloseID($0[0]), try $0.date(at: 1)) }
  }

  /// The sums of lines with a loan that are effective in a range of dates, by currency.
  public func principalOfLines(
    _ scope: LoanBookScope, effective dates: ClosedRange<BusinessDate>
  ) throws -> [CurrencyCode: WideTotals] {
    var sums: [CurrencyCode: WideTotals] = [:]
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT m.currency, m.dr_minor, m.cr_minor FROM stored_principal_movement m
          WHERE m.tenant_ref = ?1 AND m.effective_date BETWEEN ?4 AND ?5 AND \(Self.isCurrent)
          """),
      arguments: [
        scope.tenantReference, scope.knownAt.number, scope.replaced?.number ?? 0,
        dates.lowerBound.description, dates.upperBound.description,
      ])
    while let row = try rows.next() {
      guard let currency = CurrencyCode(try row.text(0)) else {
        throw Row.altered("a movement in an invalid currency")
      }
      sums[currency, default: WideTotals()].add(try row.totals(at: 1))
    }
    return sums
  }

  /// The current principal of every loan, in the order of loan and currency.
  public func forEachLoan(
    _ scope: LoanBookScope, _ body: (LoanKey, DebitCreditTotals) throws -> Void
  ) throws {
    let statement = try RowStatement(
      db,
      """
      SELECT loan_id, currency, dr_minor, cr_minor FROM loan_principal
      WHERE tenant_ref = ? ORDER BY loan_id, currency
      """)
    try statement.forEachRow { row in
      row.integer(1, scope.tenantReference)
    } _: { row in
      try body(row.loanKey(), row.loanTotals(2))
    }
  }

  /// The loan movements of a close, in the order of loan, currency and date.
  public func forEachLoanMovement(
    of close: CloseID, _ body: (LoanMovement) throws -> Void
  ) throws {
    let statement = try RowStatement(
      db,
      """
      SELECT loan_id, currency, dr_minor, cr_minor, effective_date, line_count
      FROM stored_loan_movement WHERE close_id = ? ORDER BY loan_id, currency, effective_date
      """)
    try statement.forEachRow { row in
      row.integer(1, close.number)
    } _: { row in
      guard let date = BusinessDate(row.columnText(4)) else {
        throw Row.altered("an invalid date")
      }
      try body(
        LoanMovement(
          key: row.loanKey(), effectiveDate: date, totals: row.loanTotals(2),
          lineCount: Int(row.columnInteger(5))))
    }
  }

  /// The digest of the currently stored loan movements of a close; `nil` if it stored none.
  public func loanMovementDigest(of close: CloseID) throws -> String? {
    var digest = LoanMovementDigest()
    var isEmpty = true
    try forEachLoanMovement(of: close) {
      isEmpty = false
      digest.add($0)
    }
    let storesLoans = try portfolioCoverage(close)?.loanMovementDigest != nil
    return isEmpty && !storesLoans ? nil : digest.finalize()
  }

  /// The number of a close's loan and principal movements with the wrong tenant or the wrong
  /// future-dated mark. No digest covers these columns, because the rest of the row implies them.
  public func markedLoanMovements(
    of close: CloseID, _ state: TenantState, date: BusinessDate
  ) throws -> Int {
    try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT (SELECT count(*) FROM stored_loan_movement WHERE close_id = ?1
              AND (tenant_ref <> ?2 OR is_dated_ahead <> (effective_date > ?3)))
            + (SELECT count(*) FROM stored_principal_movement WHERE close_id = ?1
              AND tenant_ref <> ?2)
          """),
      arguments: [close.number, state.reference, date.description]) ?? 0
  }

  /// The loan movements on a date from future-dated entries of earlier closes, in any order.
  public func forEachNowEffectiveLoan(
    _ scope: LoanBookScope, on date: BusinessDate,
    _ body: (LoanKey, DebitCreditTotals) throws -> Void
  ) throws {
    try forEachLoan(
      """
      SELECT m.loan_id, m.currency, m.dr_minor, m.cr_minor FROM stored_loan_movement m
      WHERE m.tenant_ref = ?1 AND m.effective_date = ?4 AND m.is_dated_ahead = 1
        AND \(Self.isCurrent)
      """, scope, [date], body)
  }

  /// The loan movements after a date and up to another, in any order.
  ///
  /// - Complexity: O(movements of the closes of later dates).
  public func forEachLoanMovement(
    _ scope: LoanBookScope, after date: BusinessDate, through last: BusinessDate,
    _ body: (LoanKey, DebitCreditTotals) throws -> Void
  ) throws {
    try forEachLoan(
      """
      SELECT m.loan_id, m.currency, m.dr_minor, m.cr_minor FROM stored_loan_movement m
      WHERE m.tenant_ref = ?1 AND m.effective_date > ?4 AND m.effective_date <= ?5
        AND m.is_dated_ahead = 1 AND \(Self.isCurrent)
      UNION ALL
      SELECT m.loan_id, m.currency, m.dr_minor, m.cr_minor
      FROM stored_close c CROSS JOIN stored_loan_movement m ON m.close_id = c.close_id
      WHERE c.tenant_ref = ?1 AND c.business_date > ?4 AND m.effective_date > ?4
        AND m.effective_date <= ?5 AND m.is_dated_ahead = 0 AND \(Self.isCurrent)
      """, scope, [date, last], body)
  }

  /// The loan movements up to a date, in any order.
  ///
  /// - Complexity: O(movements stored).
  public func forEachLoanMovement(
    _ scope: LoanBookScope, through date: BusinessDate,
    _ body: (LoanKey, DebitCreditTotals) throws -> Void
  ) throws {
    try forEachLoan(
      """
      SELECT m.loan_id, m.currency, m.dr_minor, m.cr_minor
      FROM stored_close c CROSS JOIN stored_loan_movement m ON m.close_id = c.close_id
      WHERE c.tenant_ref = ?1 AND m.effective_date <= ?4 AND \(Self.isCurrent)
      """, scope, [date], body)
  }

  private func forEachLoan(
    _ sql: String, _ scope: LoanBookScope, _ dates: [BusinessDate],
    _ body: (LoanKey, DebitCreditTotals) throws -> Void
  ) throws {
    let statement = try RowStatement(db, sql)
    try statement.forEachRow { row in
      row.integer(1, scope.tenantReference)
      row.integer(2, scope.knownAt.number)
      row.integer(3, scope.replaced?.number ?? 0)
      for (index, date) in dates.enumerated() { row.text(Int32(4 + index), date.description) }
    } _: { row in
      try body(row.loanKey(), row.loanTotals(2))
    }
  }
}

extension RowStatement {
  /// The loan and the currency in the first two columns.
  ///
  /// - Throws: `StoreError` with `altered_store` if they are invalid.
  func loanKey() throws -> LoanKey {
    guard let loan = columnUUID(0), let currency = CurrencyCode(columnText(1)) else {
      throw Row.altered("an invalid loan or currency")
    }
    return LoanKey(loan: loan, currency: currency)
  }

  /// Debits and credits in a column and the next one.
  ///
  /// - Throws: `StoreError` with `altered_store` if one is negative, which a sum of lines cannot be.
  func loanTotals(_ first: Int32) throws -> DebitCreditTotals {
    let (debit, credit) = (columnInteger(first), columnInteger(first + 1))
    guard debit >= 0, credit >= 0 else {
      throw Row.altered("negative debits or credits of a loan")
    }
    return DebitCreditTotals(debitMinor: debit, creditMinor: credit)
  }
}
