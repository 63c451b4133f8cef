import GRDB
public import LedgerDomain

extension BookReader {
  /// Whether versions of a date that were current at a close may have been pruned since.
  func isPruned(_ state: TenantState, date: BusinessDate, knownAt: CloseID) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT EXISTS (
            SELECT 1 FROM stored_prune
            WHERE tenant_ref = ? AND before_date > ? AND head_close_id > ?)
          """),
      arguments: [state.reference, date.description, knownAt.number]) ?? false
  }

  /// The last close of the store, of any tenant; 0 if there is none.
  public func lastCloseID() throws -> CloseID {
    CloseID(try Int64.fetchOne(db, sql: "SELECT max(close_id) FROM stored_close") ?? 0)
  }

  /// The balances of a date as known at a close, from openings and movements, which are never pruned.
  ///
  /// - Complexity: O(movements stored up to the date).
  func derivedBalances(
    _ state: TenantState, date: BusinessDate, knownAt: CloseID
  ) throws -> [Balance] {
    var sums: [BalanceKey: WideTotals] = [:]
    for balance in try openings(state) {
      sums[balance.key, default: WideTotals()].add(balance.totals)
    }
    let rows = try Row.fetchCursor(
      db.cachedStatement(sql: Self.currentAndReplaced),
      arguments: [state.reference, date.description, knownAt.number])
    while let row = try rows.next() {
      let key = try row.balanceKey(at: 0)
      let effectiveDate = max(try row.date(at: 3), state.firstDate)
      if let closedThrough: String = row[6] {
        // A replaced close no longer counts, but a key with a balance only from it has a zero balance.
        guard effectiveDate.description <= closedThrough else { continue }
        sums[key, default: WideTotals()].add(.zero as DebitCreditTotals)
      } else {
        sums[key, default: WideTotals()].add(try row.totals(at: 4))
      }
    }
    return try sums.map { key, sum in
      guard let totals = sum.narrowed else { throw BalanceOverflow(key: key, date: date) }
      return Balance(key: key, totals: totals)
    }.sorted { $0.key < $1.key }
  }

  /// Movements up to date `?2` of closes up to `?3`, each with the date that the books were closed
  /// through when its close was replaced, if it was.
  private static let currentAndReplaced = """
    SELECT m.account_code, m.currency, m.layer, m.effective_date, m.dr_minor, m.cr_minor,
      (SELECT max(b.business_date) FROM stored_close r JOIN stored_close b
         ON b.tenant_ref = r.tenant_ref AND b.close_id < r.close_id
       WHERE r.replaces_close_id = c.close_id AND r.close_id <= ?3)
    FROM stored_close c CROSS JOIN stored_movement m ON m.close_id = c.close_id
    WHERE c.tenant_ref = ?1 AND c.close_id <= ?3 AND m.effective_date <= ?2
    """
}
