import GRDB
import LedgerDomain

extension BookReader {
  /// Faults in a tenant's bank log: a record or row that was changed, removed or added.
  public func bankFaults(_ state: TenantState) throws -> [String] {
    let records = try Row.fetchAll(
      db,
      sql: """
        SELECT record_id, number, kind, made_at, digest FROM bank_record
        WHERE tenant_ref = ? ORDER BY number
        """, arguments: [state.reference])
    var faults: [String] = []
    var previous = ""
    var prunings: [(number: Int64, before: String)] = []
    for (index, row) in records.enumerated() {
      let record: Int64 = row[0]
      let (number, digest): (Int64, String) = (row[1], try row.text(4))
      guard number == index + 1, let kind = BankRecordKind(rawValue: try row.text(2)) else {
        return faults + [
          "bank record \(record) of tenant \(state.tenant) is not the one that follows: a record was removed, "
            + "added or changed"
        ]
      }
      let expected = try BankRecordDigest.of(
        record, kind, tenant: state.tenant.description, number: number, madeAt: try row.text(3),
        previous: previous, in: db)
      if expected != digest {
        faults.append(
          "bank record \(record) of tenant \(state.tenant) (\(kind.rawValue)) no longer matches its digest"
        )
      }
      if kind == .pruning, let before = try prunedBefore(record) {
        prunings.append((number, before))
      }
      previous = digest
    }
    let head = try Row.fetchOne(
      db, sql: "SELECT bank_record_count, bank_digest FROM chain_head WHERE tenant_ref = ?",
      arguments: [state.reference])
    if let head, head[0] != Int64(records.count) || head[1] != previous {
      faults.append(
        "the bank log of tenant \(state.tenant) has \(records.count.counted("record")), but the head of "
          + "its chain records \(head[0] as Int64), or another last one")
    }
    return faults + (try bankItemFaults(state, prunings))
  }

  private func prunedBefore(_ record: Int64) throws -> String? {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT before_date FROM stored_bank_pruning WHERE record_id = ?"),
      arguments: [record])
  }

  /// Items must be those that their reconciliation was written with, unless pruning removed them all.
  private func bankItemFaults(
    _ state: TenantState, _ prunings: [(number: Int64, before: String)]
  ) throws -> [String] {
    var faults: [String] = []
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT r.record_id, r.business_date, r.item_count, r.items_digest,
          (SELECT count(*) FROM stored_matched_item m WHERE m.record_id = r.record_id)
            + (SELECT count(*) FROM stored_open_item o WHERE o.record_id = r.record_id),
          (SELECT min(k.number) FROM stored_reconciliation n
             JOIN bank_record k ON k.record_id = n.record_id
           WHERE n.tenant_ref = r.tenant_ref AND n.bank_account_ref = r.bank_account_ref
             AND n.business_date = r.business_date AND n.record_id > r.record_id)
        FROM stored_reconciliation r WHERE r.tenant_ref = ? ORDER BY r.record_id
        """, arguments: [state.reference])
    while let row = try rows.next() {
      let (record, count, stored): (Int64, Int, Int) = (row[0], row[2], row[4])
      let date = try row.text(1)
      if stored == 0, count > 0, let superseded: Int64 = row[5],
        prunings.contains(where: { $0.number > superseded && date < $0.before })
      {
        continue
      }
      if try stored != count || BankRecordDigest.items(of: record, in: db) != row.text(3) {
        faults.append(
          "the items of the reconciliation of \(date) (bank record \(record) of tenant \(state.tenant)) no "
            + "longer match their digest")
      }
    }
    return faults
  }

  /// Tables of the bank log, each with the kinds of record that have rows in it.
  private static let tablesOfBankRecords: [(table: String, kinds: [BankRecordKind])] = [
    ("stored_statement_file", [.file]), ("stored_statement", [.file]),
    ("stored_statement_entry", [.file]), ("stored_bank_finding", [.file, .reconciliation]),
    ("stored_reconciliation", [.reconciliation]), ("stored_matched_item", [.reconciliation]),
    ("stored_open_item", [.reconciliation]), ("stored_settlement", [.settlement]),
    ("stored_settled_item", [.settlement]), ("stored_bank_pruning", [.pruning]),
  ]

  /// Rows that belong to no record of the bank log, and records that belong to no tenant.
  func bankOrphanFaults() throws -> [String] {
    var faults = try Self.tablesOfBankRecords.flatMap { table, kinds in
      let listed = kinds.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      return try Int64.fetchAll(
        db,
        sql: """
          SELECT DISTINCT record_id FROM \(table) WHERE record_id NOT IN (
            SELECT record_id FROM bank_record WHERE kind IN (\(listed)))
          ORDER BY 1 LIMIT 10
          """
      ).map { "\(table) holds a row of bank record \($0), which does not exist or is another kind" }
    }
    faults += try Int64.fetchAll(
      db,
      sql: """
        SELECT record_id FROM bank_record WHERE tenant_ref NOT IN (SELECT tenant_ref FROM tenant)
        ORDER BY 1 LIMIT 10
        """
    ).map { "bank record \($0) belongs to no tenant" }
    return faults
      + (try Int64.fetchAll(
        db,
        sql: """
          SELECT DISTINCT close_id FROM stored_ledger_item WHERE close_id NOT IN (
            SELECT close_id FROM stored_bank_position) ORDER BY 1 LIMIT 10
          """
      ).map { "stored_ledger_item holds rows of close \($0), which compared no bank account" })
  }
}
