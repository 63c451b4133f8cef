import GRDB
public import LedgerDomain

/// Writes what a close keeps of loans. Statements are prepared once a close needs them.
public final class LoanBookWriter {
  private let db: Database
  private let insertLines: RowStatement
  private let insertMovement: RowStatement
  private let addToPrincipal: RowStatement

  init(_ db: Database) throws {
    self.db = db
    // A first close can write more than the page cache holds; what is past it goes to the file before
    // the commit, which then locks readers out a little earlier.
    try db.execute(sql: "PRAGMA cache_spill = ON")
    insertLines = try RowStatement(
      db, "INSERT INTO stored_principal_movement VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
    insertMovement = try RowStatement(
      db, "INSERT INTO stored_loan_movement VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
    addToPrincipal = try RowStatement(
      db,
      """
      INSERT INTO loan_principal VALUES (?1, ?2, ?3, ?4, ?5)
      ON CONFLICT (tenant_ref, loan_id, currency) DO UPDATE
        SET dr_minor = dr_minor + excluded.dr_minor, cr_minor = cr_minor + excluded.cr_minor
      """)
  }

  /// Writes what lines with a loan moved.
  public func insert(_ movements: [PrincipalMovement], of close: PendingClose) throws {
    for movement in movements {
      try insertLines.run { row in
        row.integer(1, close.closeID.number)
        row.text(2, movement.currency.description)
        row.text(3, movement.effectiveDate.description)
        row.integer(4, movement.totals.debitMinor)
        row.integer(5, movement.totals.creditMinor)
        row.integer(6, Int64(movement.lineCount))
        row.integer(7, close.tenantReference)
      }
    }
  }

  /// Writes the movements of the loans one by one, as a sequence gives them in order.
  ///
  /// - Parameters:
  ///   - next: the next movement; `nil` at the end.
  ///   - written: called with each after it was written.
  /// - Returns: the digest of the movements.
  public func insert(
    of close: PendingClose, _ next: () throws -> LoanMovement?,
    written: (LoanMovement) throws -> Void
  ) throws -> String {
    var digest = LoanMovementDigest()
    var (day, dayText): (BusinessDate?, String) = (nil, "")
    while let movement = try next() {
      if movement.effectiveDate != day {
        (day, dayText) = (movement.effectiveDate, movement.effectiveDate.description)
      }
      try insertMovement.run { row in
        row.integer(1, close.closeID.number)
        row.text(2, movement.key.loan.description)
        row.text(3, movement.key.currency.description)
        row.text(4, dayText)
        row.integer(5, movement.totals.debitMinor)
        row.integer(6, movement.totals.creditMinor)
        row.integer(7, Int64(movement.lineCount))
        row.integer(8, close.tenantReference)
        row.integer(9, movement.effectiveDate > close.businessDate ? 1 : 0)
      }
      digest.add(movement)
      try written(movement)
    }
    return digest.finalize()
  }

  /// Adds to what a loan stands at now; either side may be negative.
  ///
  /// - Throws: `LoanOverflow` if a sum passes 2^63 − 1.
  public func add(_ totals: DebitCreditTotals, to key: LoanKey, of close: PendingClose) throws {
    do {
      try addToPrincipal.run { row in
        row.integer(1, close.tenantReference)
        row.text(2, key.loan.description)
        row.text(3, key.currency.description)
        row.integer(4, totals.debitMinor)
        row.integer(5, totals.creditMinor)
      }
    } catch let error as DatabaseError {
      // A sum past 64 bits is no integer any more, and a strict table takes nothing else.
      if error.resultCode == .SQLITE_CONSTRAINT { throw LoanOverflow(key: key) }
      throw error
    }
  }

  /// Forgets what the tenant's loans stand at.
  public func clear(_ close: PendingClose) throws {
    try db.cachedStatement(sql: "DELETE FROM loan_principal WHERE tenant_ref = ?").execute(
      arguments: [close.tenantReference])
  }

  /// Says up to which close and date what loans stand at was kept.
  public func mark(_ close: PendingClose, asOf date: BusinessDate) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO loan_book VALUES (?1, ?2, ?3)
        ON CONFLICT (tenant_ref) DO UPDATE SET close_id = ?2, as_of_date = ?3
        """
    ).execute(
      arguments: [close.tenantReference, close.closeID.number, date.description])
  }
}
