import GRDB
import LedgerDomain

extension BookReader {
  /// Whether reconciliation `r` of a date before `?2` has a later version.
  private static let isSuperseded = """
    r.tenant_ref = ?1 AND r.business_date < ?2 AND EXISTS (
      SELECT 1 FROM stored_reconciliation n
      WHERE n.tenant_ref = r.tenant_ref AND n.bank_account_ref = r.bank_account_ref
        AND n.business_date = r.business_date AND n.record_id > r.record_id)
    """

  /// How many items of superseded reconciliations pruning would remove.
  func prunableBankItems(_ state: TenantState, before date: BusinessDate) throws -> Int {
    try BookReader.tablesOfItems.reduce(0) { sum, table in
      sum
        + (try Int.fetchOne(
          db,
          sql: """
            SELECT count(*) FROM \(table) WHERE record_id IN (
              SELECT r.record_id FROM stored_reconciliation r WHERE \(Self.isSuperseded))
            """, arguments: [state.reference, date.description]) ?? 0)
    }
  }

  static let tablesOfItems = ["stored_matched_item", "stored_open_item"]

  fileprivate static func deletion(from table: String) -> String {
    """
    DELETE FROM \(table) WHERE record_id IN (
      SELECT r.record_id FROM stored_reconciliation r WHERE \(isSuperseded))
    """
  }
}

extension BookWriter {
  /// Removes the items of superseded reconciliations of dates before a date. What each version came to
  /// stays.
  ///
  /// - Returns: how many items were removed.
  func pruneBankItems(
    _ state: TenantState, before date: BusinessDate, at timestamp: String
  ) throws -> Int {
    let count = try reader.prunableBankItems(state, before: date)
    if count == 0 { return 0 }
    for table in BookReader.tablesOfItems {
      try db.execute(
        sql: BookReader.deletion(from: table), arguments: [state.reference, date.description])
    }
    _ = try addBankRecord(.pruning, tenantReference: state.reference, at: timestamp) { record in
      try db.execute(
        sql: "INSERT INTO stored_bank_pruning VALUES (?, ?, ?)",
        arguments: [record, date.description, count])
    }
    return count
  }
}
