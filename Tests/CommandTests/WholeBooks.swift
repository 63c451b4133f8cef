import GRDB

/// One tenant's books as far as they do not depend on what happened to the runs that wrote them.
struct TenantBooks: Equatable {
  /// Every close, in order, with its digests.
  let closes: [String]
  /// The current balance of every key and date, a line each.
  let balances: String
  /// How many versions of balances are kept.
  let versions: String
  /// What was decided about quarantined records.
  let acceptances: [String]
  /// Every version of each bank reconciliation, and what was settled.
  let bank: [String]
}

/// What must hold of a store in every state that a reader can see.
enum WholeBooks {
  /// Queries that find something only where a close is not whole.
  private static let faultQueries = [
    "a close with other records than its parts": """
    SELECT close_id FROM close_run c WHERE records_read != entries_accepted + records_quarantined
      OR records_read !=
        (SELECT coalesce(sum(records), 0) FROM input_part p WHERE p.close_id = c.close_id)
    """,
    "a close without all of its tie-outs": """
    SELECT close_id FROM close_run c
    WHERE 5 > (SELECT count(DISTINCT check_name) FROM tie_out t WHERE t.close_id = c.close_id)
    """,
    "a close without a balance": """
    SELECT close_id FROM close_run c WHERE NOT EXISTS (
      SELECT 1 FROM current_balance b
      WHERE b.tenant_id = c.tenant_id AND b.as_of_date = c.business_date)
    """,
    "a tenant whose dates have gaps": """
    SELECT tenant_id FROM close_run GROUP BY tenant_id
    HAVING julianday(max(business_date)) - julianday(min(business_date)) + 1
      != count(DISTINCT business_date)
    """,
    "a head of the chain that is not its last link": """
    SELECT tenant_ref FROM tenant t WHERE NOT EXISTS (
      SELECT 1 FROM chain_head h JOIN stored_close c ON c.close_id = h.close_id
      WHERE h.tenant_ref = t.tenant_ref AND h.chain_digest = c.chain_digest
        AND h.close_id = (SELECT max(close_id) FROM stored_close WHERE tenant_ref = t.tenant_ref)
        AND h.close_count = (SELECT count(*) FROM stored_close WHERE tenant_ref = t.tenant_ref))
    """,
    "a date whose trial balance is not zero": """
    SELECT tenant_id, as_of_date, currency, layer FROM current_balance
    GROUP BY 1, 2, 3, 4 HAVING sum(dr_balance_minor) != sum(cr_balance_minor)
    """,
    "a key that is gone on the next date": """
    SELECT b.tenant_id, b.as_of_date, b.account_code FROM current_balance b
    JOIN close_run c ON c.tenant_id = b.tenant_id
      AND c.business_date = date(b.as_of_date, '+1 day')
    WHERE NOT EXISTS (
      SELECT 1 FROM balance_snapshot n WHERE n.tenant_id = b.tenant_id
        AND n.as_of_date = c.business_date AND n.account_code = b.account_code
        AND n.currency = b.currency AND n.layer = b.layer)
    """,
    "a balance of a date that is not closed": """
    SELECT tenant_id, as_of_date FROM balance_snapshot
    EXCEPT SELECT tenant_id, business_date FROM close_run
    """,
    "a date that several closes stand for": """
    SELECT tenant_id, business_date FROM close_run WHERE replaced_by_close_id IS NULL
    GROUP BY 1, 2 HAVING count(*) != 1
    """,
  ]

  private static let tables = [
    "stored_snapshot", "stored_movement", "stored_finding", "stored_tie_out", "input_part",
    "finding_count", "stored_restatement", "stored_restating_entry", "restating_count",
    "pruned_close", "stored_basis", "stored_repetition", "stored_reversal",
    "stored_quarantine_count", "stored_acceptance",
  ]

  /// What is not whole; empty if everything is.
  static func faults(_ db: Database) throws -> [String] {
    var found: [String] = []
    for (fault, query) in faultQueries {
      let rows = try Row.fetchAll(db, sql: query)
      if let first = rows.first { found.append("\(rows.count) × \(fault), as \(first)") }
    }
    for table in tables {
      let query = "SELECT close_id FROM \(table) EXCEPT SELECT close_id FROM stored_close"
      if let row = try Row.fetchOne(db, sql: query) { found.append("\(table) of no close: \(row)") }
    }
    return found
  }
}

extension StoreReader {
  /// Whether the file is there and a run came as far as making its tables.
  func hasTables() throws -> Bool {
    guard place.exists(path: path) else { return false }
    return try !rows("SELECT 1 FROM sqlite_schema WHERE name = 'store_proof'").isEmpty
  }

  /// What is not whole; empty if everything is.
  func faults() throws -> [String] {
    let integrity = try rows("PRAGMA integrity_check")
    if integrity != ["ok"] { return integrity }
    return try DatabaseQueue(path: path).read(WholeBooks.faults)
  }

  /// Every tenant's books.
  func books() throws -> [String: TenantBooks] {
    guard try hasTables() else { return [:] }
    var books: [String: TenantBooks] = [:]
    for tenant in try rows("SELECT tenant_id FROM tenant") {
      books[tenant] = TenantBooks(
        closes: try rows(
          """
          SELECT business_date, status, records_read, input_digest, chain_digest
          FROM close_run WHERE tenant_id = '\(tenant)' ORDER BY close_id
          """),
        balances: try rows(
          """
          SELECT group_concat(line, char(10)) FROM (
            SELECT as_of_date || account_code || currency || layer || ' ' || dr_balance_minor
              || ' ' || cr_balance_minor AS line
            FROM current_balance WHERE tenant_id = '\(tenant)' ORDER BY line)
          """
        ).joined(),
        versions: try table(
          "SELECT count(*) FROM balance_snapshot WHERE tenant_id = '\(tenant)'")[0][0],
        acceptances: try rows(
          """
          SELECT business_date, code, file, record, is_undo, name, note FROM acceptance
          WHERE tenant_id = '\(tenant)' ORDER BY acceptance_id
          """),
        bank: try rows(
          """
          SELECT business_date, bank_account_ref, version, status, difference_minor, outstanding_count
          FROM bank_reconciliation WHERE tenant_id = '\(tenant)' ORDER BY record_id
          """)
          + rows(
            "SELECT kind, identity, name, note FROM settlement WHERE tenant_id = '\(tenant)'"))
    }
    return books
  }
}

extension TestDirectory {
  /// Whether there is a file at a path from the root.
  func exists(path: String) -> Bool {
    path.hasPrefix(directory) ? exists(String(path.dropFirst(directory.count + 1))) : false
  }
}
