import GRDB
import LedgerDomain

extension BookReader {
  /// What is wrong with the file itself, its tables and views, and rows that belong to no close.
  ///
  /// - Complexity: O(size of the file).
  public func structureFaults() throws -> [String] {
    let damage = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
    if !damage.isEmpty { return damage.prefix(10).map { "SQLite: \($0)" } }
    return try schemaFaults() + orphanFaults() + chartFaults() + tenantFaults()
  }

  /// The schema must be the one that the migrations make: a view that was changed lies to its readers.
  private func schemaFaults() throws -> [String] {
    let sql = """
      SELECT type || ' ' || name || ' ' || ifnull(sql, '') FROM sqlite_schema
      WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name
      """
    let fresh = try DatabaseQueue()
    try StoreSchema.migrator.migrate(fresh)
    let expected = Set(try fresh.read { try String.fetchAll($0, sql: sql) })
    let stored = Set(try String.fetchAll(db, sql: sql))
    let names = expected.symmetricDifference(stored).map { text in
      text.split(separator: " ").prefix(2).joined(separator: " ")
    }
    return Set(names).sorted().map { "the \($0) is not as Tieout made it" }
  }

  /// Tables that hold rows of closes.
  private static let tablesOfCloses = [
    "stored_snapshot", "stored_movement", "stored_opening", "input_part", "stored_finding",
    "finding_count", "stored_restatement", "stored_tie_out", "stored_restating_entry",
    "restating_count", "pruned_close", "stored_portfolio_rollup", "stored_portfolio_total",
    "stored_loan_difference", "stored_principal_movement", "stored_loan_movement", "loan_book",
  ]

  /// Tables that hold rows only of closes that compared the loan book.
  private static let tablesOfRollups = [
    "stored_portfolio_total", "stored_loan_difference", "stored_principal_movement",
    "stored_loan_movement", "loan_book",
  ]

  private func orphanFaults() throws -> [String] {
    var faults: [String] = []
    for table in Self.tablesOfCloses {
      let orphans = try Int64.fetchAll(
        db,
        sql: """
          SELECT DISTINCT close_id FROM \(table)
          WHERE close_id NOT IN (SELECT close_id FROM stored_close) ORDER BY 1 LIMIT 10
          """)
      faults += orphans.map { "\(table) holds rows of close \($0), which is not there" }
    }
    for table in Self.tablesOfRollups {
      let orphans = try Int64.fetchAll(
        db,
        sql: """
          SELECT DISTINCT close_id FROM \(table)
          WHERE close_id NOT IN (SELECT close_id FROM stored_portfolio_rollup) ORDER BY 1 LIMIT 10
          """)
      faults += orphans.map { "\(table) holds rows of close \($0), which kept no loan book" }
    }
    let strangers = try Int.fetchOne(
      db,
      sql: """
        SELECT (SELECT count(*) FROM stored_snapshot s LEFT JOIN stored_close c USING (close_id)
            WHERE c.tenant_ref IS NOT s.tenant_ref)
          + (SELECT count(*) FROM stored_opening o LEFT JOIN stored_close c USING (close_id)
            WHERE c.tenant_ref IS NOT o.tenant_ref)
        """)
    if let strangers, strangers > 0 {
      faults.append("\(strangers) balances are marked as another tenant's than their close's")
    }
    return faults
  }

  private func chartFaults() throws -> [String] {
    var faults: [String] = []
    for row in try Row.fetchAll(db, sql: "SELECT chart_ref, digest FROM chart") {
      let reference: Int64 = row[0]
      let users = try Int64.fetchAll(
        db, sql: "SELECT close_id FROM stored_close WHERE chart_ref = ? ORDER BY 1",
        arguments: [reference])
      let user = users.first.map { "close \($0)" } ?? "no close"
      do {
        if ChainDigest.chart(try accounts(ofChart: reference)) != (try row.text(1)) {
          faults.append("the chart of accounts that \(user) used does not have its digest any more")
        } else if users.isEmpty {
          faults.append("there is a chart of accounts that \(user) used")
        }
      } catch let error as StoreError {
        faults.append("the chart of accounts that \(user) used: \(error.message)")
      }
    }
    let orphans = try Int.fetchOne(
      db,
      sql: """
        SELECT (SELECT count(*) FROM chart_account WHERE chart_ref NOT IN (
            SELECT chart_ref FROM chart))
          + (SELECT count(*) FROM stored_close WHERE chart_ref NOT IN (SELECT chart_ref FROM chart))
        """)
    if let orphans, orphans > 0 { faults.append("\(orphans) rows name a chart that is not there") }
    return faults
  }

  private func tenantFaults() throws -> [String] {
    try String.fetchAll(
      db,
      sql: """
        SELECT 'tenant ' || tenant_id || ' has no close' FROM tenant
        WHERE tenant_ref NOT IN (SELECT tenant_ref FROM stored_close)
        UNION ALL
        SELECT 'close ' || close_id || ' is of no tenant' FROM stored_close
        WHERE tenant_ref NOT IN (SELECT tenant_ref FROM tenant)
        UNION ALL
        SELECT 'the head of a chain is of no tenant' FROM chain_head
        WHERE tenant_ref NOT IN (SELECT tenant_ref FROM tenant)
        UNION ALL
        SELECT 'pruning ' || prune_id || ' is of no tenant' FROM stored_prune
        WHERE tenant_ref NOT IN (SELECT tenant_ref FROM tenant)
        UNION ALL
        SELECT 'tenant ' || tenant_ref || ', of no loan book, has loans' FROM (
          SELECT DISTINCT tenant_ref FROM loan_principal
          WHERE tenant_ref NOT IN (SELECT tenant_ref FROM loan_book))
        """)
  }
}
