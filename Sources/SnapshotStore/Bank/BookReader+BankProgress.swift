import GRDB
public import LedgerDomain

extension BookReader {
  /// How far an account agrees with the bank, as known now.
  ///
  /// - Returns: the last date that is reconciled, and the first one after it whose statement does not
  ///   reconcile; each `nil` if there is none.
  public func bankProgress(
    _ books: BankBooks, account: String
  ) throws -> (reconciledThrough: BusinessDate?, unreconciledSince: BusinessDate?) {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          WITH version AS (
            SELECT r.business_date, r.status FROM stored_reconciliation r
            WHERE r.tenant_ref = ?1 AND r.bank_account_ref = ?2 AND NOT EXISTS (
              SELECT 1 FROM stored_reconciliation n
              WHERE n.tenant_ref = ?1 AND n.bank_account_ref = ?2
                AND n.business_date = r.business_date AND n.record_id > r.record_id)
            UNION ALL
            SELECT c.business_date, b.status
            FROM stored_close c JOIN stored_bank_reconciliation b ON b.close_id = c.close_id
            WHERE c.tenant_ref = ?1 AND b.bank_account_ref = ?2
              AND NOT EXISTS (SELECT 1 FROM stored_close r WHERE r.replaces_close_id = c.close_id)
          ), agreed AS (SELECT max(business_date) AS last FROM version WHERE status = 'reconciled')
          SELECT agreed.last, (
            SELECT min(business_date) FROM version
            WHERE status = 'unreconciled' AND business_date > coalesce(agreed.last, ''))
          FROM agreed
          """),
      arguments: [books.reference, account])
    guard let row else { return (nil, nil) }
    return (
      row[0] == nil ? nil : try row.date(at: 0), row[1] == nil ? nil : try row.date(at: 1)
    )
  }

  /// The dates with a bank reconciliation, each with how many are recorded about it; the one made last first.
  public func datesReconciled(
    _ state: TenantState
  ) throws -> [(date: BusinessDate, count: Int)] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT r.business_date, count(*)
          FROM stored_reconciliation r JOIN bank_record k ON k.record_id = r.record_id
          WHERE r.tenant_ref = ? AND r.status <> 'opening' GROUP BY 1
          ORDER BY max(k.number) DESC
          """),
      arguments: [state.reference]
    ).map { (try $0.date(at: 0), $0[1]) }
  }

  /// How many bank reconciliations of a date are recorded, of all accounts and in all versions.
  ///
  /// Pruning does not change it: it removes the items of superseded versions, not the versions.
  public func reconciliationCount(_ state: TenantState, date: BusinessDate) throws -> Int {
    try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT count(*) FROM stored_reconciliation
          WHERE tenant_ref = ? AND business_date = ? AND status <> 'opening'
          """),
      arguments: [state.reference, date.description]) ?? 0
  }
}
