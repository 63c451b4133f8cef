import Digests
import GRDB
import GRDBSQLite
import LedgerDomain

/// The SHA-256 of rows: each table's name, then row by row each column as its type and text: `i42;`,
/// `t5:hello;`, `n;`.
struct RowDigest {
  private var hasher = SHA256()
  private var text: [UInt8]

  /// A digest that begins with a line of its own, so that digests of different things never agree.
  init(_ title: String) { text = Array("\(title)\n".utf8) }

  /// Adds a line.
  mutating func add(line: String) { text += Array("\(line)\n".utf8) }

  /// Adds the rows of a query with one parameter.
  mutating func add(_ table: String, _ sql: String, _ argument: Int64, in db: Database) throws {
    add(line: table)
    let statement = try db.cachedStatement(sql: sql)
    let rows = try Row.fetchCursor(statement, arguments: [argument])
    let handle = statement.sqliteStatement
    let columnCount = sqlite3_column_count(handle)
    while try rows.next() != nil {
      for column in 0..<columnCount { append(handle, column) }
      text.append(UInt8(ascii: "\n"))
      if text.count > 60 * 1024 {
        hasher.update(text)
        text.removeAll(keepingCapacity: true)
      }
    }
  }

  /// The digest in lower-case hexadecimal.
  mutating func finalize() -> String {
    hasher.update(text)
    return Hexadecimal.text(hasher.finalize())
  }

  private mutating func append(_ row: OpaquePointer, _ column: Int32) {
    switch sqlite3_column_type(row, column) {
    case SQLITE_INTEGER:
      text += Array("i\(sqlite3_column_int64(row, column));".utf8)
    case SQLITE_NULL:
      text += Array("n;".utf8)
    default:
      // Get the byte count after the text, since getting the text may convert it.
      let bytes = sqlite3_column_text(row, column)
      let count = Int(sqlite3_column_bytes(row, column))
      text += Array("t\(count):".utf8)
      text += UnsafeBufferPointer(start: bytes, count: bytes == nil ? 0 : count)
      text.append(UInt8(ascii: ";"))
    }
  }
}
