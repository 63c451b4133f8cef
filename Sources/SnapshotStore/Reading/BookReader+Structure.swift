import GRDB
import LedgerDomain

extension BookReader {
  /// Faults of the file itself, its tables and views, and rows that belong to no close.
  ///
  /// - Complexity: O(size of the file).
  public func structureFaults() throws -> [String] {
    let damage = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
    if !damage.isEmpty { return damage.prefix(10).map { "SQLite: \($0)" } }
    return try schemaFaults() + textFaults() + numberFaults() + orphanFaults() + chartFaults()
      + tenantFaults() + bankOrphanFaults() + tenantProofFaults()
  }

  private static let schema = """
    SELECT type || ' ' || name || ' ' || ifnull(sql, '') FROM sqlite_schema
    WHERE name NOT GLOB 'sqlite_stat*' ORDER BY type, name
    """

  private static let expectedSchema = Result {
    let fresh = try DatabaseQueue()
    try StoreSchema.migrator.migrate(fresh)
    return Set(try fresh.read { try String.fetchAll($0, sql: schema) })
  }

  /// The schema must be the one the migrations create: an altered view would mislead its readers.
  private func schemaFaults() throws -> [String] {
    let stored = Set(try String.fetchAll(db, sql: Self.schema))
    let names = try Self.expectedSchema.get().symmetricDifference(stored).map { text in
      text.split(separator: " ").prefix(2).joined(separator: " ")
    }
    return Set(names).sorted().map { "the \($0) differs from the one Tieout creates" }
  }

  /// Tables whose texts are read up to a NUL character; other tables are read or digested in full.
  private static let tablesOfTexts = [
    "tenant", "chart", "chart_account", "stored_close", "stored_opening", "stored_movement",
    "chain_head", "stored_prune", "pruned_close", "stored_certification", "loan_book",
    "loan_principal", "stored_acceptance", "stored_basis", "bank_record",
  ]

  /// No digest covers text after a NUL character, which Tieout never writes.
  private func textFaults() throws -> [String] {
    var faults: [String] = []
    for table in Self.tablesOfTexts {
      let columns = try db.columns(in: table)
      let texts = columns.filter { $0.type == "TEXT" }.map { "instr(\($0.name), char(0))" }
      let hasClose = columns.contains { $0.name == "close_id" }
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT DISTINCT \(hasClose ? "close_id" : "NULL") FROM \(table)
          WHERE \(texts.joined(separator: " OR ")) LIMIT 10
          """)
      faults += rows.map { row in
        let close = (row[0] as Int64?).map { " of close \($0)" } ?? ""
        return "a row\(close) of \(table) holds a text with a NUL character"
      }
    }
    return faults
  }

  /// Closes are numbered from 1 without gaps, so a missing number is a removed close.
  private func numberFaults() throws -> [String] {
    try String.fetchAll(
      db,
      sql: """
        SELECT 'close ' || n || ' is missing: closes are numbered without gaps' FROM (
          SELECT 1 AS n WHERE EXISTS (SELECT 1 FROM stored_close)
          UNION ALL
          SELECT close_id + 1 FROM stored_close
          WHERE close_id < (SELECT max(close_id) FROM stored_close))
        WHERE n NOT IN (SELECT close_id FROM stored_close) ORDER BY n LIMIT 10
        """)
  }

  /// Tables that hold rows of closes.
  private static let tablesOfCloses = [
    "stored_snapshot", "stored_movement", "stored_opening", "input_part", "stored_finding",
    "finding_count", "stored_restatement", "stored_tie_out", "stored_restating_entry",
    "restating_count", "pruned_close", "stored_bank_reconciliation", "stored_outstanding_item",
    "stored_certification", "stored_close_total", "stored_portfolio_rollup",
    "stored_portfolio_total", "stored_loan_difference", "stored_principal_movement",
    "stored_loan_movement", "loan_book", "stored_quarantine_count", "stored_quarantine_total",
    "stored_quarantined_record", "stored_quarantined_amount", "stored_acceptance", "stored_basis",
    "stored_repetition", "stored_reversal", "stored_bank_position", "stored_ledger_item",
  ]

  /// Tables that hold rows only of closes that compared the loan book.
  private static let tablesOfRollups = [
    "stored_portfolio_total", "stored_loan_difference", "stored_principal_movement",
    "stored_loan_movement", "loan_book",
  ]

  /// Tables that hold rows only of closes that left records out.
  private static let tablesOfQuarantine = [
    "stored_quarantine_total", "stored_quarantined_record", "stored_quarantined_amount",
  ]

  private func orphanFaults() throws -> [String] {
    var faults = try Self.tablesOfCloses.flatMap {
      try orphanFaults(of: $0, in: "stored_close", "which does not exist")
    }
    faults += try Self.tablesOfRollups.flatMap {
      try orphanFaults(of: $0, in: "stored_portfolio_rollup", "which stored no loan book")
    }
    faults += try Self.tablesOfQuarantine.flatMap {
      try orphanFaults(of: $0, in: "stored_quarantine_count", "which stored no quarantine")
    }
    faults += try Int64.fetchAll(
      db,
      sql: """
        SELECT close_id FROM stored_basis JOIN stored_close USING (close_id)
        WHERE record_digest IS NULL ORDER BY 1 LIMIT 10
        """
    ).map { "stored_basis holds a row of close \($0), of a version that stored none" }
    for table in ["identifier_prefix", "identifier_detail"] {
      let orphans = try Int64.fetchAll(
        db,
        sql: """
          SELECT DISTINCT page_id / \(IdentifierWriter.pagesPerClose) FROM \(table)
          WHERE page_id / \(IdentifierWriter.pagesPerClose) NOT IN (
            SELECT close_id FROM stored_basis) ORDER BY 1 LIMIT 10
          """)
      faults += orphans.map { "\(table) holds pages of close \($0), which stored no identifiers" }
    }
    faults += try misassignedFaults(of: "stored_snapshot", rows: "balances")
    faults += try misassignedFaults(of: "stored_opening", rows: "openings")
    return faults + (try misassignedFaults(of: "stored_reversal", rows: "reversals"))
  }

  /// Rows that state a tenant as well as a close, which must be the close's.
  private func misassignedFaults(of table: String, rows: String) throws -> [String] {
    try Int64.fetchAll(
      db,
      sql: """
        SELECT DISTINCT r.close_id FROM \(table) r LEFT JOIN stored_close c USING (close_id)
        WHERE c.tenant_ref IS NOT r.tenant_ref ORDER BY 1 LIMIT 10
        """
    ).map { "\(rows) of close \($0) have a different tenant than the close" }
  }

  private func orphanFaults(
    of table: String, in parents: String, _ reason: String
  ) throws -> [String] {
    try Int64.fetchAll(
      db,
      sql: """
        SELECT DISTINCT close_id FROM \(table)
        WHERE close_id NOT IN (SELECT close_id FROM \(parents)) ORDER BY 1 LIMIT 10
        """
    ).map { "\(table) holds rows of close \($0), \(reason)" }
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
          faults.append("the chart of accounts used by \(user) no longer matches its digest")
        } else if users.isEmpty {
          faults.append("there is a chart of accounts that no close used")
        }
      } catch let error as StoreError {
        faults.append("the chart of accounts used by \(user): \(error.message)")
      }
    }
    let orphans = try Int.fetchOne(
      db,
      sql: """
        SELECT (SELECT count(*) FROM chart_account WHERE chart_ref NOT IN (
            SELECT chart_ref FROM chart))
          + (SELECT count(*) FROM stored_close WHERE chart_ref NOT IN (SELECT chart_ref FROM chart))
        """)
    if let orphans, orphans > 0 {
      faults.append("rows that name a chart that does not exist: \(orphans)")
    }
    return faults
  }

  private func tenantFaults() throws -> [String] {
    try String.fetchAll(
      db,
      sql: """
        SELECT 'tenant ' || tenant_id || ' has no close' FROM tenant
        WHERE tenant_ref NOT IN (SELECT tenant_ref FROM stored_close)
        UNION ALL
        SELECT 'close ' || close_id || ' belongs to no tenant' FROM stored_close
        WHERE tenant_ref NOT IN (SELECT tenant_ref FROM tenant)
        UNION ALL
        SELECT 'the head of a chain belongs to no tenant' FROM chain_head
        WHERE tenant_ref NOT IN (SELECT tenant_ref FROM tenant)
        UNION ALL
        SELECT 'pruning ' || prune_id || ' belongs to no tenant' FROM stored_prune
        WHERE tenant_ref NOT IN (SELECT tenant_ref FROM tenant)
        UNION ALL
        SELECT 'tenant ' || tenant_ref || ' has loans but no loan book' FROM (
          SELECT DISTINCT tenant_ref FROM loan_principal
          WHERE tenant_ref NOT IN (SELECT tenant_ref FROM loan_book))
        """) + loanBookFaults() + decisionCountFaults()
  }

  /// A loan book must be as of its tenant's last close that stored loans.
  private func loanBookFaults() throws -> [String] {
    let kept = """
      SELECT c.tenant_ref, c.close_id, (
          SELECT max(b.business_date) FROM stored_close b
          WHERE b.tenant_ref = c.tenant_ref AND b.close_id <= c.close_id)
      FROM stored_close c
      WHERE c.close_id IN (
        SELECT max(k.close_id) FROM stored_portfolio_rollup r JOIN stored_close k USING (close_id)
        WHERE r.loan_movement_digest IS NOT NULL GROUP BY k.tenant_ref)
      """
    let stored = "SELECT tenant_ref, close_id, as_of_date FROM loan_book"
    return try Int64.fetchAll(
      db,
      sql: """
        SELECT DISTINCT tenant_ref FROM (
          SELECT * FROM (\(stored) EXCEPT \(kept))
          UNION SELECT * FROM (\(kept) EXCEPT \(stored)))
        ORDER BY 1
        """
    ).map { "the loan book of tenant \($0) does not date from the last close that stored loans" }
  }

  /// The head of a chain counts its certifications and acceptances, so none can be removed or added
  /// unnoticed.
  private func decisionCountFaults() throws -> [String] {
    try ["certification", "acceptance"].flatMap { kind in
      try String.fetchAll(
        db,
        sql: """
          SELECT 'the chain with head close ' || h.close_id || ' has ' || h.\(kind)_count
            || ' \(kind)s, but ' || count(f.\(kind)_id) || ' are stored'
          FROM chain_head h LEFT JOIN stored_\(kind) f USING (tenant_ref)
          GROUP BY h.tenant_ref HAVING count(f.\(kind)_id) <> h.\(kind)_count
          UNION ALL
          SELECT '\(kind) ' || \(kind)_id || ' belongs to no tenant' FROM stored_\(kind)
          WHERE tenant_ref NOT IN (SELECT tenant_ref FROM tenant)
          """)
    }
  }
}
