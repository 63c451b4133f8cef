import Testing

@Suite("Tampering with tables, views or closes")
struct TamperedSchemaTests {
  @Test(
    "a changed table or view is named",
    arguments: [
      ("DROP VIEW finding", "view finding"),
      ("DROP VIEW movement; CREATE VIEW movement AS SELECT 1 AS close_id", "view movement"),
      ("CREATE VIEW extra AS SELECT 1", "view extra"),
      ("CREATE TABLE \"odd one\" (\"a b\" TEXT)", "table odd"),
      ("DROP INDEX stored_close_by_date", "index stored_close_by_date"),
      (
        "CREATE TRIGGER late AFTER INSERT ON stored_close BEGIN DELETE FROM stored_finding; END",
        "trigger late"
      ),
      (
        """
        CREATE TRIGGER sqlitexstat AFTER INSERT ON stored_close
        BEGIN DELETE FROM stored_finding; END
        """, "trigger sqlitexstat"
      ),
      ("ALTER TABLE stored_finding ADD COLUMN remark TEXT", "table stored_finding"),
      ("DROP TABLE stored_restating_entry", "stored_restating_entry"),
      ("PRAGMA application_id = 1", "not a Tieout store"),
      ("DELETE FROM grdb_migrations WHERE identifier = 'v2'", "older Tieout"),
      ("INSERT INTO grdb_migrations VALUES ('v99')", "newer Tieout"),
    ])
  func changedSchemaIsNamed(sql: String, named: String) throws {
    let store = try TamperedStore(of: FullBooks.ledger())
    _ = try store.apply(sql)
    let found = try store.findings()
    #expect(found.contains { $0.message.contains(named) }, "\(found)")
  }

  @Test("added query planner statistics are found")
  func addedStatisticsAreFound() throws {
    let store = try TamperedStore(of: FullBooks.ledger())
    _ = try store.apply("ANALYZE")
    #expect(try store.findings().isEmpty)
  }

  @Test("a removed close is found", arguments: [false, true])
  func removedCloseIsFound(isPruned: Bool) throws {
    let ledger = isPruned ? try FullBooks.prunedLedger() : try FullBooks.ledger()
    let store = try TamperedStore(of: ledger)
    let closes = try ledger.books.rows("SELECT close_id FROM stored_close ORDER BY close_id")
    let tables = try ledger.books.rows(
      """
      SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
      WHERE m.type = 'table' AND c.name = 'close_id' ORDER BY 1
      """)
    #expect(closes.count == (isPruned ? 15 : 11))
    #expect(tables.count == 35)
    for close in closes {
      for rows in [tables, tables.filter { $0 != "chain_head" }] {
        let removals = rows.map { "DELETE FROM \($0) WHERE close_id = \(close);" }
        #expect(try store.apply("\(removals.joined()) SELECT changes()"))
        #expect(try !store.findings().isEmpty, "close \(close)")
      }
    }
  }

  @Test("a tenant removed with all its closes is found")
  func removedTenantIsFound() throws {
    let store = try TamperedStore(of: FullBooks.ledger())
    let closes = "SELECT close_id FROM stored_close WHERE tenant_ref = 1"
    let removals = [
      "input_part", "stored_finding", "finding_count", "stored_restatement", "stored_tie_out",
      "stored_restating_entry", "restating_count",
    ].map { "DELETE FROM \($0) WHERE close_id IN (\(closes));" }
    let own = [
      "stored_snapshot", "stored_movement", "stored_opening", "chain_head", "stored_close",
    ]
    let rows = (own + ["tenant"]).map { "DELETE FROM \($0) WHERE tenant_ref = 1;" }
    _ = try store.apply((removals + rows).joined())
    #expect(try store.findings().contains { $0.message.contains("close 1 is missing") })
  }

  @Test(
    "swapped close numbers are found",
    arguments: [(1, 2), (2, 3), (1, 4), (2, 9), (10, 11)])
  func swappedCloseNumbersAreFound(first: Int, second: Int) throws {
    let ledger = try FullBooks.ledger()
    let store = try TamperedStore(of: ledger)
    let columns = try ledger.books.rows(
      """
      SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
      WHERE m.type = 'table' AND c.name LIKE '%close_id'
      """)
    #expect(columns.count == 39)
    // By way of numbers that no row has, as keys must not meet.
    let steps = [(first, -1), (second, -2), (-1, second), (-2, first)]
    let updates = steps.flatMap { old, new in
      columns.map { column in
        let words = column.split(separator: " ")
        return "UPDATE \(words[0]) SET \(words[1]) = \(new) WHERE \(words[1]) = \(old);"
      }
    }
    _ = try store.apply(updates.joined())
    let found = try store.findings()
    #expect(found.contains { $0.names(Int64(first)) || $0.names(Int64(second)) }, "\(found)")
  }

  @Test("a tenant identifier in capitals is found")
  func tenantInCapitalsIsFound() throws {
    let store = try TamperedStore(of: FullBooks.ledger())
    _ = try store.apply("UPDATE tenant SET tenant_id = upper(tenant_id)")
    #expect(try !store.findings().isEmpty)
  }

  @Test("a removed pruning is found even if a later one covers it")
  func removedPruningIsFound() throws {
    let store = try TamperedStore(of: FullBooks.prunedLedger())
    #expect(try store.apply("DELETE FROM stored_prune WHERE prune_id = 1"))
    #expect(try store.findings().contains { $0.message.contains("pruning") })
  }

  @Test("a consistent change of a movement and its balances is found")
  func consistentChangeIsFound() throws {
    let store = try TamperedStore(of: FullBooks.ledger())
    _ = try store.apply(
      """
      UPDATE stored_movement SET dr_minor = dr_minor + 1, cr_minor = cr_minor + 1
        WHERE close_id = 2 AND account_code = '1000';
      UPDATE stored_snapshot SET dr_balance_minor = dr_balance_minor + 1,
        cr_balance_minor = cr_balance_minor + 1
        WHERE account_code = '1000' AND as_of_date >= '2026-01-06';
      """)
    #expect(try store.findings().contains { $0.names(2) })
  }
}
