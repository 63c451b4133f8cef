import GRDB

/// A store read with SQL, each row as a line of text.
struct Books {
  let path: String
  /// Kept because the file is deleted with it.
  let ledger: LedgerTree

  /// The rows of a query, with columns separated by a space and `-` for NULL.
  func rows(_ sql: String) throws -> [String] {
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    return try queue.read { db in
      try Row.fetchAll(db, sql: sql).map { row in
        row.databaseValues.map(Self.text).joined(separator: " ")
      }
    }
  }

  /// Changes the store directly, without Tieout.
  func execute(_ sql: String) throws {
    try DatabaseQueue(path: path).write { db in try db.execute(sql: sql) }
  }

  /// The current balances of a date: `1000 USD SETTLED 500 0`.
  func balances(_ date: String) throws -> String {
    try lines(
      """
      SELECT account_code, currency, layer, dr_balance_minor, cr_balance_minor FROM current_balance
      WHERE as_of_date = '\(date)' ORDER BY account_code, currency, layer
      """)
  }

  /// The balances of a date as a close knew them.
  func balances(_ date: String, knownAt close: Int) throws -> String {
    try lines(
      """
      SELECT account_code, currency, layer, dr_balance_minor, cr_balance_minor
      FROM balance_snapshot s WHERE as_of_date = '\(date)' AND close_id = (
        SELECT max(close_id) FROM balance_snapshot v WHERE close_id <= \(close)
          AND (v.as_of_date, v.account_code, v.currency, v.layer)
            = (s.as_of_date, s.account_code, s.currency, s.layer))
      ORDER BY account_code, currency, layer
      """)
  }

  /// New versions of earlier dates: close, key, date, before, after.
  func restatements() throws -> String {
    try lines(
      """
      SELECT close_id, account_code, currency, layer, as_of_date, dr_before_minor, cr_before_minor,
        '->', dr_after_minor, cr_after_minor
      FROM restatement ORDER BY close_id, account_code, currency, layer, as_of_date
      """)
  }

  /// Findings as `code part record`.
  func findings() throws -> String {
    try lines("SELECT code, file, record FROM finding ORDER BY close_id, file, record, code")
  }

  /// Each close's outcome of a check: `2026-01-05 pass`.
  func tieOuts(_ check: String) throws -> String {
    try lines(
      """
      SELECT business_date, min(status) FROM tie_out WHERE check_name = '\(check)'
      GROUP BY close_id ORDER BY close_id
      """)
  }

  /// The contents of every table.
  func dump() throws -> [String] {
    let tables = try rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return try tables.flatMap { table in
      try rows("SELECT * FROM \"\(table)\"").sorted().map { "\(table) \($0)" }
    }
  }

  private func lines(_ sql: String) throws -> String {
    try rows(sql).joined(separator: "\n")
  }

  private static func text(_ value: DatabaseValue) -> String {
    switch value.storage {
    case .null: "-"
    case .int64(let number): String(number)
    case .double(let number): String(number)
    case .string(let text): text
    case .blob(let data): "\(data.count) bytes"
    }
  }
}
