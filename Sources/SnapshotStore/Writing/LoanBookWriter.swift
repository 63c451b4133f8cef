import GRDB
public import LedgerDomain

/// Writes the loan data of a close. Its statements are prepared when the first close needs them.
public final class LoanBookWriter {
  private let db: Database
  private let insertLines: RowStatement
  private let insertMovement: RowStatement
  private let addToPrincipal: RowStatement

  init(_ db: Database) throws {
    self.db = db
    // A first close can write more than the page cache holds. Further pages are written to the file before
    // the commit, which locks readers out a little earlier.
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

  /// Writes the movements of lines with a loan.
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

  /// Writes loan movements one by one, in the order in which a closure returns them.
  ///
  /// - Parameters:
  ///   - close: the close.
  ///   - next: returns the next movement; `nil` at the end.
  ///   - written: called after each movement is written.
  /// - Returns: the digest of the movements.
  public func insert(
    of close: PendingClose, _ next: () throws -> LoanMovement?,
    written: (LoanMovement) throws -> Void
  ) throws -> String {
    var digest = LoanMovementDigest()
    var (date, dateText): (BusinessDate?, String) = (nil, "")
    while let movement = try next() {
      if movement.effectiveDate != date {
        (date, dateText) = (movement.effectiveDate, movement.effectiveDate.description)
      }
      try insertMovement.run { row in
        row.integer(1, close.closeID.number)
        row.text(2, movement.key.loan.description)
        row.text(3, movement.key.currency.description)
        row.text(4, dateText)
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

  /// Adds to the current principal of a loan; either side may be negative.
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
      // A sum past 64 bits becomes a real number, which a strict table rejects.
      if error.resultCode == .SQLITE_CONSTRAINT { throw LoanOverflow(key: key) }
      throw error
    }
  }

  /// Deletes the current principal of the tenant's loans.
  public func clear(_ close: PendingClose) throws {
    try db.cachedStatement(sql: "DELETE FROM loan_principal WHERE tenant_ref = ?").execute(
      arguments: [close.tenantReference])
  }

  /// Records up to which close and date the current principal is stored.
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
