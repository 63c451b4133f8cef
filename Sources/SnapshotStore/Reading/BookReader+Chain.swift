import GRDB
public import LedgerDomain

extension BookReader {
  /// Verifies that the balances a close is about to build on were not altered.
  ///
  /// Recomputes the digest of every close that wrote a balance of the last closed date, or has
  /// future-dated entries not yet effective.
  ///
  /// - Complexity: O(rows of those closes), whatever else the store holds.
  ///
  /// - Throws: `StoreError` with `altered_store`, naming the close.
  public func proveLastDate(_ state: TenantState) throws {
    let writers = try Int64.fetchAll(
      db,
      sql: """
        SELECT DISTINCT close_id FROM stored_snapshot WHERE tenant_ref = ?1 AND as_of_date = ?2
        UNION
        SELECT DISTINCT close_id FROM stored_movement
        WHERE tenant_ref = ?1 AND effective_date > ?2 AND is_dated_ahead = 1
        """,
      arguments: [state.reference, state.closedThrough.description])
    for writer in Set(writers).union([state.lastClose.number]).sorted() {
      try proveClose(CloseID(writer), state)
    }
  }

  /// Verifies that the rows of a close still match its digest.
  ///
  /// - Throws: `StoreError` with `altered_store`, naming the close.
  public func proveClose(_ close: CloseID, _ state: TenantState) throws {
    guard let link = try links(state, only: close).first else {
      throw altered("close \(close) is missing", state)
    }
    try prove(link, state)
  }

  /// Verifies that the record of a close, such as its findings, still matches its digest.
  ///
  /// - Throws: `StoreError` with `altered_store`, naming the close.
  public func proveRecord(_ close: CloseID, _ state: TenantState) throws {
    guard let digest = try links(state, only: close).first?.recordDigest,
      try recordDigest(of: close) != digest
    else { return }
    throw altered("the record of close \(close) no longer matches its digest", state)
  }

  private func prove(_ link: StoredLink, _ state: TenantState) throws {
    if link.previous != nil && link.previousDigest == nil {
      throw altered("the close before close \(link.closeID) is missing", state)
    }
    let wrong = try faults(inColumnsOf: link, state)
    guard wrong.isEmpty else { throw altered(wrong.joined(separator: "; "), state) }
    let digest = try digest(
      of: link, state, movements: try movements(link.closeID),
      rows: try snapshotRows(of: link.closeID, state, date: link.businessDate))
    if digest != link.remainingDigest ?? link.chainDigest {
      throw altered(
        "the rows of close \(link.closeID) of \(link.businessDate) no longer match their digest",
        state)
    }
  }

  /// The digest of a close with these movements and snapshot rows: its link in the chain or, if some of
  /// its rows were pruned, the digest of what remains.
  public func digest(
    of link: StoredLink, _ state: TenantState, movements: [Movement], rows: [SnapshotRow],
    isWhole: Bool = false
  ) throws -> String {
    var chain = ChainDigest(
      previous: link.previousDigest, tenant: state.tenant, date: link.businessDate,
      inputDigest: link.inputDigest)
    if link.remainingDigest != nil && !isWhole { chain.addPruned(chainDigest: link.chainDigest) }
    if link.previous == nil { chain.addOpening(try openings(state)) }
    chain.addMovements(movements)
    chain.addSnapshot(rows)
    return chain.finalize()
  }

  /// Faults in the columns of a close's rows that no digest covers because the rest of the row implies
  /// them.
  public func faults(inColumnsOf link: StoredLink, _ state: TenantState) throws -> [String] {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT
            (SELECT count(*) FROM stored_movement WHERE close_id = ?1
              AND (tenant_ref <> ?2 OR is_dated_ahead <> (effective_date > ?3))),
            (SELECT count(*) FROM stored_opening WHERE tenant_ref = ?2 AND close_id <> (
              SELECT min(close_id) FROM stored_close WHERE tenant_ref = ?2))
          """),
      arguments: [link.closeID.number, state.reference, link.businessDate.description])
    var faults: [String] = []
    if let row, row[0] != 0 {
      faults.append(
        "movements of close \(link.closeID) of \(link.businessDate) with the wrong tenant or the "
          + "wrong future-dated mark: \(row[0] as Int)")
    }
    if let row, row[1] != 0 {
      faults.append("opening balances belong to a close other than the first")
    }
    return faults
  }

  /// The rows that a close wrote: those of its date and of the dates in its restatements.
  func snapshotRows(
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
      "the stored books of tenant \(state.tenant) were altered: \(what). Nothing was added to them. Run "
        + "tieout verify to find what else was altered, and restore the store from a backup.")
  }
}

extension BookReader {
  /// The input digest that a close of these records would have.
  public func inputDigest(of input: InputFingerprint) -> String { ChainDigest.input(input) }
}
