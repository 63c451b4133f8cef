import GRDB

/// A change of one row of a store, made without Tieout.
struct Tampering {
  /// `UPDATE stored_close.status = …`, for the message of a failed test.
  let what: String
  let sql: String
  /// The close whose row it is, if verification must name it.
  let close: Int64?
}

/// Every change to try on a table: each column of some rows changed, these rows removed, and copied
/// under another key.
struct TamperingPlan {
  private struct Column {
    let name: String
    let isText: Bool
    let isKey: Bool
    let isNullable: Bool
  }

  /// Tables whose rows belong to one close.
  private static let namingTables: Set = [
    "stored_snapshot", "stored_movement", "stored_finding", "finding_count", "stored_restatement",
    "stored_restating_entry", "restating_count", "input_part", "stored_tie_out",
  ]

  let table: String
  private(set) var tamperings: [Tampering] = []
  private var columns: [Column] = []

  init(_ db: Database, table: String) throws {
    self.table = table
    columns = try Row.fetchAll(db, sql: "SELECT * FROM pragma_table_info('\(table)')").map { row in
      Column(
        name: row["name"], isText: row["type"] == "TEXT", isKey: row["pk"] != 0,
        isNullable: row["notnull"] == 0 && row["pk"] == 0)
    }
    for row in try rows(db) {
      update(row)
      add("DELETE", "DELETE FROM \(table) WHERE \(condition(row))", row)
      copy(row)
    }
  }

  /// The tables of a store that Tieout made.
  static func tables(_ db: Database) throws -> [String] {
    try String.fetchAll(
      db,
      sql: """
        SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
          AND name <> 'grdb_migrations' ORDER BY name
        """)
  }

  /// The first, middle and last row by key, one of a close that replaces another, and of each column
  /// that can be NULL, one that is and one that is not; values as SQL.
  private func rows(_ db: Database) throws -> [[String: String]] {
    let keys = columns.filter(\.isKey).map(\.name).joined(separator: ", ")
    let values = columns.map { "quote(\($0.name)) AS \($0.name)" }.joined(separator: ", ")
    let all = try Row.fetchAll(db, sql: "SELECT \(values) FROM \(table) ORDER BY \(keys)").map {
      row in
      Dictionary(uniqueKeysWithValues: columns.map { ($0.name, row[$0.name] as String) })
    }
    guard !all.isEmpty else { return [] }
    var places: Set = [0, all.count / 2, all.count - 1]
    for column in columns where column.isNullable {
      for isNull in [true, false] {
        let place = all.firstIndex { ($0[column.name] == "NULL") == isNull }
        if let place { places.insert(place) }
      }
    }
    let recloses = try Int64.fetchSet(
      db, sql: "SELECT close_id FROM stored_close WHERE replaces_close_id IS NOT NULL")
    let reclosed = all.firstIndex { row in
      row["close_id"].flatMap { Int64($0) }.map { recloses.contains($0) } ?? false
    }
    if let reclosed { places.insert(reclosed) }
    return places.sorted().map { all[$0] }
  }

  private func condition(_ row: [String: String]) -> String {
    columns.filter(\.isKey).map { "\($0.name) = \(row[$0.name] ?? "")" }.joined(separator: " AND ")
  }

  private mutating func update(_ row: [String: String]) {
    for column in columns {
      for value in Self.others(than: column.name, row[column.name] ?? "", column) {
        add(
          "UPDATE \(column.name) = \(value)",
          """
          UPDATE \(table) SET \(column.name) = \(value)
          WHERE \(condition(row)) AND \(column.name) IS NOT \(value)
          """, row)
      }
    }
  }

  /// Values of the same type as a column's, as SQL.
  private static func others(than name: String, _ value: String, _ column: Column) -> [String] {
    if value == "NULL" { return column.isText ? ["'x'", "''"] : ["1", "0"] }
    let null = column.isNullable ? ["NULL"] : []
    guard column.isText else {
      return null + ["\(name) + 1", "-9223372036854775808"]
    }
    let allButLast = "substr(\(name), 1, length(\(name)) - 1)"
    let others = [
      "\(allButLast) || char(unicode(substr(\(name), -1)) + 1)", "\(name) || char(0)",
      value == value.uppercased() ? "lower(\(name))" : "upper(\(name))",
    ]
    return null + others + (name.contains("date") ? ["'9999-12-31'"] : [])
  }

  private mutating func copy(_ row: [String: String]) {
    let keys = columns.filter(\.isKey)
    for key in keys {
      let values =
        key.isText
        ? Self.others(than: key.name, row[key.name] ?? "", key)
        : ["\(key.name) - 1", "(SELECT max(\(key.name)) + 1 FROM \(table))"]
      for value in values {
        copy(row, with: [key.name: value], isOfClose: key.name != "close_id")
      }
    }
    // A row with one number as its key may have a text that must not repeat either.
    guard keys.count == 1, let key = keys.first else { return }
    var values = [key.name: "(SELECT max(\(key.name)) + 1 FROM \(table))"]
    for column in columns where column.isText {
      values[column.name] = Self.others(than: column.name, row[column.name] ?? "", column)[0]
    }
    copy(row, with: values, isOfClose: false)
  }

  private mutating func copy(
    _ row: [String: String], with values: [String: String], isOfClose: Bool
  ) {
    let copied = columns.map { values[$0.name] ?? $0.name }.joined(separator: ", ")
    add(
      "COPY with \(values)",
      "INSERT INTO \(table) SELECT \(copied) FROM \(table) WHERE \(condition(row))", row,
      isOfClose: isOfClose)
  }

  private mutating func add(
    _ what: String, _ sql: String, _ row: [String: String], isOfClose: Bool = true
  ) {
    let isNamed = isOfClose && Self.namingTables.contains(table)
    tamperings.append(
      Tampering(
        what: "\(table) \(what) where \(condition(row))", sql: sql,
        close: isNamed ? row["close_id"].flatMap { Int64($0) } : nil))
  }
}
