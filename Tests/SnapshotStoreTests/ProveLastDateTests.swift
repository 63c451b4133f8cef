import LedgerDomain
import SnapshotStore
import Testing

@Suite("Verifying the books before the next close")
struct ProveLastDateTests {
  /// A store after one close, or after two.
  private func books(closes: Int) throws -> StoreFile {
    let file = try StoreFile()
    let drafts = [SampleBooks.firstDraft, SampleBooks.secondDraft]
    try file.open { writer in _ = try writer.commit(Array(drafts.prefix(closes))) }
    return file
  }

  /// The code of what proving the tenant's last date throws; `nil` if it holds.
  private func verdict(_ file: StoreFile) throws -> StoreError.Code? {
    do {
      try file.read { reader in
        let state = try #require(try reader.tenantState(SampleBooks.tenant))
        try reader.proveLastDate(state)
      }
      return nil
    } catch let error as StoreError {
      return error.code
    }
  }

  /// Statements that each change one value of one row of a table.
  private func changes(_ file: StoreFile, table: String, close: Int) throws -> [String] {
    let columns = try file.rows("SELECT name, type FROM pragma_table_info('\(table)')").map {
      $0.split(separator: "|")
    }
    let rowCount = try file.rows("SELECT * FROM \(table) WHERE close_id = \(close)").count
    return columns.flatMap { column -> [String] in
      (0..<rowCount).map { row in
        """
        UPDATE \(table) SET \(column[0]) = \(column[1] == "TEXT" ? text(column[0]) : "1 - \(column[0])")
        WHERE \(place(table, row, close))
        """
      }
    }
  }

  /// Another text of the kind that the column holds.
  private func text(_ column: Substring) -> String {
    switch column {
    case "account_code": "'4321'"
    case "currency": "'JPY'"
    case "layer": "'ENCUMBRANCE'"
    case "effective_date", "as_of_date": "'2027-03-01'"
    default: "\(column) || 'x'"
    }
  }

  /// A condition that only one row of a table without row numbers meets.
  private func place(_ table: String, _ row: Int, _ close: Int) -> String {
    let keys = ["account_code", "currency", "layer"]
    let dates = ["stored_snapshot": ["as_of_date"], "stored_movement": ["effective_date"]]
    let columns = (keys + (dates[table] ?? [])).joined(separator: ", ")
    return """
      close_id = \(close) AND (\(columns)) = (SELECT \(columns) FROM \(table)
      WHERE close_id = \(close) ORDER BY \(columns) LIMIT 1 OFFSET \(row))
      """
  }

  @Test("accepts unaltered books", arguments: [1, 2])
  func unalteredBooksPass(closes: Int) throws {
    #expect(try verdict(books(closes: closes)) == nil)
  }

  @Test(
    "finds every changed value of a snapshot, movement or opening row",
    arguments: [
      ("stored_snapshot", 2), ("stored_movement", 2), ("stored_opening", 1),
      ("stored_snapshot", 1), ("stored_movement", 1),
    ])
  func everyChangedValueIsFound(table: String, closes: Int) throws {
    let books = try books(closes: closes)
    let changes = try changes(books, table: table, close: closes)
    #expect(changes.count >= 14)
    for change in changes {
      let copy = try books.copy()
      try copy.tamper(change)
      #expect(try verdict(copy) == .alteredStore, "\(change)")
    }
  }

  @Test("finds every missing row", arguments: [1, 2])
  func everyMissingRowIsFound(closes: Int) throws {
    let books = try books(closes: closes)
    for table in ["stored_snapshot", "stored_movement"] + (closes == 1 ? ["stored_opening"] : []) {
      for row in try books.rows("SELECT * FROM \(table) WHERE close_id = \(closes)").indices {
        let copy = try books.copy()
        try copy.tamper("DELETE FROM \(table) WHERE \(place(table, row, closes))")
        #expect(try verdict(copy) == .alteredStore, "row \(row) of \(table)")
      }
    }
  }

  @Test(
    "finds an added row",
    arguments: [
      "INSERT INTO stored_snapshot VALUES (1, '2026-01-06', '4321', 'USD', 'SETTLED', 2, 0, 0)",
      "INSERT INTO stored_snapshot VALUES (1, '2026-01-06', '1100', 'USD', 'SETTLED', 3, 0, 0)",
      "INSERT INTO stored_snapshot VALUES (1, '2026-01-05', '4321', 'USD', 'SETTLED', 2, 0, 0)",
      """
      INSERT INTO stored_movement VALUES
        (2, '4321', 'USD', 'SETTLED', '2026-01-06', 0, 0, 1, 1, 0)
      """,
    ])
  func addedRowIsFound(sql: String) throws {
    let books = try books(closes: 2)
    try books.tamper(sql)
    #expect(try verdict(books) == .alteredStore)
  }

  @Test(
    "finds a changed link of the last close or of the one before it",
    arguments: [
      "UPDATE stored_close SET input_digest = 'ab' WHERE close_id = 2",
      "UPDATE stored_close SET chain_digest = 'ab' WHERE close_id = 2",
      "UPDATE stored_close SET chain_digest = 'ab' WHERE close_id = 1",
      "UPDATE stored_close SET business_date = '2026-01-07' WHERE close_id = 2",
      "UPDATE stored_close SET tenant_ref = 9 WHERE close_id = 2",
      "UPDATE stored_close SET previous_close_id = NULL WHERE close_id = 2",
      "UPDATE stored_close SET previous_close_id = 2 WHERE close_id = 2",
      "DELETE FROM stored_close WHERE close_id = 1",
      "DELETE FROM stored_close WHERE close_id = 2",
    ])
  func alteredLinkIsFound(sql: String) throws {
    let books = try books(closes: 2)
    try books.tamper(sql)
    #expect(try verdict(books) == .alteredStore)
  }

  @Test("ignores the rows of other tenants")
  func otherTenantsRowsAreIgnored() throws {
    let books = try books(closes: 2)
    var other = SampleBooks.firstDraft
    other.tenant = SampleBooks.other
    try books.open { writer in _ = try writer.commit([other]) }
    try books.tamper("UPDATE stored_snapshot SET dr_balance_minor = 1 WHERE tenant_ref = 2")
    #expect(try verdict(books) == nil)
  }

  @Test("names the tenant and the close in the error")
  func errorNamesTenantAndClose() throws {
    let books = try books(closes: 2)
    try books.tamper("UPDATE stored_movement SET dr_minor = 4 WHERE dr_minor = 3")
    let error = #expect(throws: StoreError.self) {
      try books.read { reader in
        try reader.proveLastDate(try #require(try reader.tenantState(SampleBooks.tenant)))
      }
    }
    #expect(error?.message.contains(SampleBooks.tenant.description) == true)
    #expect(error?.message.contains("close 2 of 2026-01-06") == true)
    #expect(error?.description.hasSuffix("[altered_store]") == true)
  }
}
