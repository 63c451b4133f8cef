import Foundation
import GRDB

/// A store as whoever reads it with SQL sees it.
struct StoreReader {
  let path: String
  /// Kept, since the file goes with it.
  let place: TestDirectory

  /// The rows of a query, each as a line of text: columns apart by `,`, nothing for NULL.
  func rows(_ sql: String) throws -> [String] {
    try table(sql).map { $0.joined(separator: ",") }
  }

  /// The rows of a query, cell by cell; an empty text for NULL.
  func table(_ sql: String) throws -> [[String]] {
    try DatabaseQueue(path: path).read { db in
      try Row.fetchAll(db, sql: sql).map { row in row.databaseValues.map(Self.text) }
    }
  }

  /// Changes the file behind the product's back.
  func execute(_ sql: String) throws {
    try DatabaseQueue(path: path).write { db in try db.execute(sql: sql) }
  }

  /// Leaves the file and its journal as a process does that is killed in a transaction, with changed
  /// pages already in the file.
  func leaveTransaction(_ sql: String) throws {
    let queue = try DatabaseQueue(path: path)
    let files = [path, path + "-journal"]
    let contents = try queue.writeWithoutTransaction { db in
      // More pages than the cache holds are written to the file before the commit.
      try db.execute(
        sql: """
          PRAGMA cache_size = 4; PRAGMA cache_spill = 4; BEGIN IMMEDIATE; \(sql);
          CREATE TABLE filling AS
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 500)
            SELECT i, zeroblob(2000) FROM n;
          """)
      defer { try? db.rollback() }
      return try files.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
    }
    try queue.close()
    for (file, content) in zip(files, contents) {
      try content.write(to: URL(fileURLWithPath: file))
    }
  }

  /// The closes: `2026-01-05,closed`.
  func closes(of tenant: String = TestDirectory.tenant) throws -> [String] {
    try rows(
      "SELECT business_date, status FROM close_run WHERE tenant_id = '\(tenant)' ORDER BY close_id")
  }

  /// The rows that every table holds, of all tables together, but for the one of a new store that says that
  /// there are no tenants.
  func rowCount() throws -> Int {
    let tables = try rows(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name != 'grdb_migrations'")
    let noTenants = try rows("SELECT 1 FROM store_proof WHERE tenant_count = 0").count
    return try tables.reduce(-noTenants) { try $0 + rows("SELECT 1 FROM \"\($1)\"").count }
  }

  private static func text(_ value: DatabaseValue) -> String {
    switch value.storage {
    case .null: ""
    case .int64(let number): String(number)
    case .double(let number): String(number)
    case .string(let text): text
    case .blob(let data): "\(data.count) bytes"
    }
  }
}
