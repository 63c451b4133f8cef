import GRDB
public import LedgerDomain

extension BookReader {
  /// Proves that the balances a close is about to build on are those that were closed.
  ///
  /// Recomputes the digest of every close that wrote a current balance of the last closed date. It
  /// costs as much as reading those closes, whatever else the store holds.
  ///
  /// - Throws: `StoreError` with `altered_store` that names the close.
  public func proveLastDate(_ state: TenantState) throws {
    let writers = try Int64.fetchAll(
      db,
      sql: "SELECT DISTINCT close_id FROM stored_snapshot WHERE tenant_ref = ? AND as_of_date = ?",
      arguments: [state.reference, state.closedThrough.description])
    for writer in Set(writers).union([state.lastClose.number]).sorted() {
      try proveLink(CloseID(writer), state)
    }
  }

  private func proveLink(_ close: CloseID, _ state: TenantState) throws {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT c.business_date, c.input_digest, c.chain_digest, p.chain_digest, c.previous_close_id
          FROM stored_close c LEFT JOIN stored_close p ON p.close_id = c.previous_close_id
          WHERE c.close_id = ? AND c.tenant_ref = ?
          """),
      arguments: [close.number, state.reference])
    guard let row else { throw altered("close \(close) is missing", state) }
    let date = try row.date(at: 0)
    let (previousDigest, previousClose): (String?, Int64?) = (row[3], row[4])
    if previousClose != nil && previousDigest == nil {
      throw altered("the close before close \(close) is missing", state)
    }
    var chain = ChainDigest(
      previous: previousDigest, tenant: state.tenant, date: date, inputDigest: try row.text(1))
    if previousClose == nil { chain.addOpening(try openings(state)) }
    chain.addMovements(try movements(close))
    chain.addSnapshot(try snapshotRows(of: close, state, date: date))
    if chain.finalize() != (try row.text(2)) {
      throw altered(
        "what close \(close) of \(date) stored does not have its digest any more", state)
    }
    try proveColumns(of: close, state, date: date)
  }

  /// Proves what no digest covers because the rest of the row implies it.
  private func proveColumns(of close: CloseID, _ state: TenantState, date: BusinessDate) throws {
    let wrong = try Int.fetchOne(
      db,
      sql: """
        SELECT (SELECT count(*) FROM stored_movement WHERE close_id = ?1
            AND (tenant_ref <> ?2 OR is_dated_ahead <> (effective_date > ?3)))
          + (SELECT count(*) FROM stored_opening WHERE tenant_ref = ?2 AND close_id <> (
              SELECT min(close_id) FROM stored_close WHERE tenant_ref = ?2))
        """, arguments: [close.number, state.reference, date.description])
    if wrong != 0 {
      throw altered("rows of close \(close) of \(date) are marked as another's", state)
    }
  }

  private func snapshotRows(
    of close: CloseID, _ state: TenantState, date: BusinessDate
  ) throws -> [SnapshotRow] {
    let dates = try String.fetchAll(
      db,
      sql: "SELECT DISTINCT as_of_date FROM stored_restatement WHERE close_id = ?",
      arguments: [close.number]
    ).compactMap { BusinessDate($0) }
    return try Set(dates).union([date]).flatMap { date in
      try balances(tenantReference: state.reference, date: date, writtenBy: close).map {
        SnapshotRow(key: $0.key, asOfDate: date, totals: $0.totals)
      }
    }.sorted { ($0.key, $0.asOfDate) < ($1.key, $1.asOfDate) }
  }

  private func altered(_ what: String, _ state: TenantState) -> StoreError {
    StoreError(
      .alteredStore,
      "the stored books of tenant \(state.tenant) were changed: \(what). Restore the "
        + "store from a backup; nothing is built on it.")
  }
}

extension BookReader {
  /// The input digest that a close of these records would have.
  public func inputDigest(of input: InputFingerprint) -> String { ChainDigest.input(input) }
}
