import CSQLite
import GRDBSQLite

/// The SQLite library that this program uses, and its known defects.
public enum SQLiteLibrary {
  /// The version: `3.40.1`.
  public static var version: String { String(cString: sqlite3_libversion()) }

  /// Whether two processes can safely use a database with a write-ahead log.
  ///
  /// Before 3.51.3 a reset of the log at the wrong moment can corrupt the database.
  public static var isWALSafe: Bool { sqlite3_libversion_number() >= 3_051_003 }

  /// Disables memory statistics, once, before SQLite is used; `true` if that worked.
  ///
  /// Nothing reads the statistics, and their lock makes look-ups on several threads wait for each other.
  static let hasDisabledMemoryStatistics = tieout_sqlite_disable_memory_statistics() == SQLITE_OK

  /// Whether it supports the strict tables of the store, as 3.37 and later do.
  public static var hasStrictTables: Bool { sqlite3_libversion_number() >= 3_037_000 }
}
