import GRDB
public import LedgerDomain

extension BookReader {
  /// How far a tenant's books go.
  public func head(_ state: TenantState) throws -> BooksHead {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT certification_count, acceptance_count FROM chain_head WHERE tenant_ref = ?
          """),
      arguments: [state.reference])
    guard let row else { throw Row.altered("a tenant without the head of its chain") }
    return BooksHead(
      close: state.lastClose, chainDigest: state.chainDigest,
      reconciliation: try lastReconciliations(state) { _, _ in false }.last ?? "",
      certifications: row[0], acceptances: row[1])
  }

  /// The dates whose standing may have changed since the books went that far, in order.
  ///
  /// - Returns: `nil` if the books never went that far, because they were replaced: every date may have
  ///   changed.
  /// - Complexity: O(what was written since).
  public func datesChanged(
    _ state: TenantState, since old: BooksHead
  ) throws -> [BusinessDate]? {
    let new = try head(state)
    if new == old { return [] }
    guard try hasBeen(old.close, old.chainDigest, state),
      let reconciled = try reconciledDates(state, since: old.reconciliation),
      new.certifications >= old.certifications, new.acceptances >= old.acceptances
    else { return nil }
    var dates = try closedDates(state, since: old.close, hasCertifications: new.certifications > 0)
    dates += try lastDates(
      of: "certification", state, count: new.certifications - old.certifications)
    dates += try lastDates(of: "acceptance", state, count: new.acceptances - old.acceptances)
    return Set(dates + reconciled).sorted()
  }

  private func hasBeen(_ close: CloseID, _ chainDigest: String, _ state: TenantState) throws -> Bool
  {
    try String.fetchOne(
      db.cachedStatement(
        sql: "SELECT chain_digest FROM stored_close WHERE close_id = ? AND tenant_ref = ?"),
      arguments: [close.number, state.reference]) == chainDigest
  }

  /// The dates that later closes closed, or restated: that may withdraw a certification.
  private func closedDates(
    _ state: TenantState, since close: CloseID, hasCertifications: Bool
  ) throws -> [BusinessDate] {
    let closed = try dates(
      "SELECT business_date FROM stored_close WHERE tenant_ref = ? AND close_id > ?",
      [state.reference, close.number])
    guard hasCertifications else { return closed }
    return try closed
      + dates(
        """
        SELECT DISTINCT r.as_of_date FROM stored_close c CROSS JOIN stored_restatement r
          ON r.close_id = c.close_id
        WHERE c.tenant_ref = ? AND c.close_id > ?
        """, [state.reference, close.number])
  }

  /// The dates of the reconciliations that were recorded after one; `nil` if that one is not in the books.
  private func reconciledDates(
    _ state: TenantState, since last: String
  ) throws -> [BusinessDate]? {
    var dates: [BusinessDate] = []
    let names = try lastReconciliations(state) { date, name in
      if name == last { return false }
      dates.append(date)
      return true
    }
    return (names.last ?? "") == last || last.isEmpty ? dates : nil
  }

  /// The tenant's reconciliations, the one that was recorded last first.
  ///
  /// - Parameter continues: whether to go on after the one of that date and name.
  private func lastReconciliations(
    _ state: TenantState, while continues: (BusinessDate, String) -> Bool
  ) throws -> [String] {
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT r.business_date, r.version, r.items_digest, r.bank_account_ref
          FROM bank_record k CROSS JOIN stored_reconciliation r ON r.record_id = k.record_id
          WHERE k.tenant_ref = ? AND k.kind = 'reconciliation' AND r.status <> '\(Self.openingStatus)'
          ORDER BY k.number DESC
          """), arguments: [state.reference])
    var names: [String] = []
    while let row = try rows.next() {
      let (date, version) = (try row.date(at: 0), row[1] as Int)
      names.append("\(date)|\(version)|\(try row.text(2))|\(try row.text(3))")
      if !continues(date, names[names.count - 1]) { break }
    }
    return names
  }

  /// The dates of a tenant's last certifications, or acceptances.
  private func lastDates(
    of kind: String, _ state: TenantState, count: Int
  ) throws -> [BusinessDate] {
    if count == 0 { return [] }
    return try dates(
      """
      SELECT c.business_date FROM stored_\(kind) f CROSS JOIN stored_close c
        ON c.close_id = f.close_id
      WHERE c.tenant_ref = ? ORDER BY f.\(kind)_id DESC LIMIT ?
      """, [state.reference, count])
  }

  private func dates(
    _ sql: String, _ arguments: StatementArguments
  ) throws -> [BusinessDate] {
    try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments).map { try $0.date(at: 0) }
  }
}
