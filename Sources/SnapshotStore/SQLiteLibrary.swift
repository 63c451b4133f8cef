import CSQLite
import GRDBSQLite

/// The SQLite that this program runs with, and what is known to be wrong with it.
public enum SQLiteLibrary {
  /// The version: `3.40.1`.
  public static var version: String { String(cString: sqlite3_libversion()) }

  /// Whether two processes can use a database with a write-ahead log without harm.
  ///
  /// Before 3.51.3 a reset of the log at the wrong moment can corrupt the database.
  public static var isWALSafe: Bool { sqlite3_libversion_number() >= 3_051_003 }

  /// Makes allocations of one thread independent of those of others, once, before SQLite is used; whether
  /// it could. With its statistics, which nobody reads here, look-ups wait for each other.
  static let forgoesMemoryStatistics = tieout_sqlite_forgo_memory_statistics() == SQLITE_OK

  /// Whether it knows the strict tables that the store is made of, as 3.37 and later do.
  public static var hasStrictTables: Bool { sqlite3_libversion_number() >= 3_037_000 }
}
