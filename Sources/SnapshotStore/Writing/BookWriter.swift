import GRDB
import LedgerDomain

/// The books, open for writing. Statements are prepared once for all tenants and dates.
public final class BookWriter {
  let db: Database
  /// The same books, including uncommitted writes.
  public let reader: BookReader
  private let insertSnapshot: RowStatement
  private let insertMovement: RowStatement
  private let insertOpening: RowStatement
  private let insertRestatement: RowStatement
  let insertFinding: RowStatement
  let insertTieOut: RowStatement
  private var lastCloseNumber: Int64
  private var chartReferences: [String: Int64] = [:]
  private var loanBookWriter: LoanBookWriter?
  private var identifierWriter: IdentifierWriter?
  let proofs: ProofWriter

  init(_ db: Database) throws {
    self.db = db
    reader = try BookReader(db)
    insertSnapshot = try RowStatement(
      db, "INSERT INTO stored_snapshot VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
    insertMovement = try RowStatement(
      db, "INSERT INTO stored_movement VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")
    insertOpening = try RowStatement(
      db, "INSERT INTO stored_opening VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
    insertRestatement = try RowStatement(
      db, "INSERT INTO stored_restatement VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
    insertFinding = try RowStatement(
      db,
      "INSERT INTO stored_finding VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"
    )
    insertTieOut = try RowStatement(
      db, "INSERT INTO stored_tie_out VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
    proofs = try ProofWriter(db)
    lastCloseNumber = try reader.lastCloseID().number
  }

  /// The path of the store's file.
  public func storePath() throws -> String { try db.storePath() }

  /// Lets a transaction exceed the page cache: further pages are written to the file before the commit,
  /// which locks readers out a little earlier. A first close of millions of loans needs it.
  ///
  /// - Precondition: No transaction is open; it would have no effect there.
  public func boundPageCache() throws { try db.execute(sql: "PRAGMA cache_spill = ON") }

  /// The writer of the loan book.
  public func loans() throws -> LoanBookWriter {
    if let loanBookWriter { return loanBookWriter }
    let writer = try LoanBookWriter(db)
    loanBookWriter = writer
    return writer
  }

  /// The writer of identifiers.
  public func identifiers() throws -> IdentifierWriter {
    if let identifierWriter { return identifierWriter }
    let writer = try IdentifierWriter(db)
    identifierWriter = writer
    return writer
  }

  /// Begins a transaction. Others do not see its changes before `commit`.
  public func begin() throws { try db.beginTransaction(.immediate) }

  /// Makes everything since `begin` durable and visible.
  ///
  /// - Throws: `StoreError` with `disk_full` before anything is written if the disk is too full.
  public func commit() throws {
    let path = try db.storePath()
    try FreeSpace.check(db, path: path)
    try RollbackJournal.sync(of: path)
    try db.commit()
  }

  /// Rolls back everything since `begin`, if a transaction is open.
  public func rollBack() throws {
    guard db.isInsideTransaction else { return }
    try db.rollback()
    lastCloseNumber = try reader.lastCloseID().number
    chartReferences = [:]
    reader.forgetCharts()
  }

  /// Runs one close's writes in a savepoint: if they throw, only they are rolled back.
  public func closing<Outcome>(_ body: () throws -> Outcome) throws -> Outcome {
    let before = (lastCloseNumber, chartReferences)
    do {
      var outcome: Outcome?
      try db.inSavepoint {
        outcome = try body()
        return .commit
      }
      guard let outcome else {
        preconditionFailure("a savepoint that did not throw has an outcome")
      }
      return outcome
    } catch {
      (lastCloseNumber, chartReferences) = before
      reader.forgetCharts()
      throw error
    }
  }

  /// Writes the books of a close: opening, movements and balances.
  ///
  /// - Parameters:
  ///   - draft: the books to write.
  ///   - previous: the state of the tenant's books; `nil` at its first close.
  /// - Returns: the pending close, to complete with `finish`.
  public func insertBooks(_ draft: CloseDraft, previous: TenantState?) throws -> PendingClose {
    lastCloseNumber += 1
    let number = lastCloseNumber
    let tenantReference = try previous?.reference ?? insertTenant(draft)
    let chartReference = try chartReference(draft.chart)
    let inputDigest = ChainDigest.input(draft.input)
    var chain = ChainDigest(
      previous: previous?.chainDigest, tenant: draft.tenant, date: draft.businessDate,
      inputDigest: inputDigest)
    chain.addOpening(draft.openings)
    chain.addMovements(draft.movements)
    let rows = draft.snapshotRows
    chain.addSnapshot(rows)
    try insertOpenings(draft.openings, tenantReference, number)
    for movement in draft.movements {
      try insert(movement, number, tenantReference, businessDate: draft.businessDate)
    }
    try insert(rows, tenantReference, number)
    try proofs.prove(
      rows,
      of: ProvedDate(
        close: CloseID(number), chart: chartReference,
        chartDigest: ChainDigest.chart(draft.chart)), on: draft.businessDate,
      tenant: tenantReference)
    try insert(draft.restatements, number)
    return PendingClose(
      closeID: CloseID(number), tenant: draft.tenant, businessDate: draft.businessDate,
      tenantReference: tenantReference, chartReference: chartReference, previous: previous,
      replaces: draft.replaces, inputDigest: inputDigest, chainDigest: chain.finalize(),
      restatements: draft.restatements)
  }

  private func insertTenant(_ draft: CloseDraft) throws -> Int64 {
    try db.cachedStatement(
      sql: "INSERT INTO tenant (tenant_id, first_date) VALUES (?, ?)"
    ).execute(
      arguments: [draft.tenant.description, draft.businessDate.description])
    let reference = db.lastInsertedRowID
    try proofs.add(tenant: draft.tenant, reference: reference)
    return reference
  }

  private func insertOpenings(_ openings: [Balance], _ tenant: Int64, _ close: Int64) throws {
    for balance in openings {
      try insertOpening.run { row in
        row.integer(1, tenant)
        row.key(2, balance.key)
        row.integer(5, close)
        row.integer(6, balance.totals.debitMinor)
        row.integer(7, balance.totals.creditMinor)
      }
    }
  }

  private func insert(
    _ movement: Movement, _ close: Int64, _ tenant: Int64, businessDate: BusinessDate
  ) throws {
    try insertMovement.run { row in
      row.integer(1, close)
      row.key(2, movement.key)
      row.text(5, movement.effectiveDate.description)
      row.integer(6, movement.totals.debitMinor)
      row.integer(7, movement.totals.creditMinor)
      row.integer(8, Int64(movement.lineCount))
      row.integer(9, tenant)
      row.integer(10, movement.effectiveDate > businessDate ? 1 : 0)
    }
  }

  private func insert(_ rows: [SnapshotRow], _ tenant: Int64, _ close: Int64) throws {
    for snapshot in rows {
      try insertSnapshot.run { row in
        row.integer(1, tenant)
        row.text(2, snapshot.asOfDate.description)
        row.key(3, snapshot.key)
        row.integer(6, close)
        row.integer(7, snapshot.totals.debitMinor)
        row.integer(8, snapshot.totals.creditMinor)
      }
    }
  }

  private func insert(_ restatements: [Restatement], _ close: Int64) throws {
    for restatement in restatements {
      try insertRestatement.run { row in
        row.integer(1, close)
        row.key(2, restatement.key)
        row.text(5, restatement.asOfDate.description)
        row.integer(6, restatement.before.debitMinor)
        row.integer(7, restatement.before.creditMinor)
        row.integer(8, restatement.after.debitMinor)
        row.integer(9, restatement.after.creditMinor)
      }
    }
  }

  /// The chart's number; a chart is stored once for all closes that use it.
  private func chartReference(_ chart: ChartOfAccounts) throws -> Int64 {
    let digest = ChainDigest.chart(chart)
    if let known = chartReferences[digest] { return known }
    let stored = try Int64.fetchOne(
      db, sql: "SELECT chart_ref FROM chart WHERE digest = ?", arguments: [digest])
    let reference = try stored ?? insert(chart, digest: digest)
    chartReferences[digest] = reference
    return reference
  }

  private func insert(_ chart: ChartOfAccounts, digest: String) throws -> Int64 {
    try db.execute(sql: "INSERT INTO chart (digest) VALUES (?)", arguments: [digest])
    let reference = db.lastInsertedRowID
    for account in chart.accounts {
      try db.execute(
        sql: "INSERT INTO chart_account VALUES (?, ?, ?, ?, ?)",
        arguments: [
          reference, account.code.description, account.name, account.normalSide.code,
          account.hasLeft ? 1 : 0,
        ])
    }
    return reference
  }
}
