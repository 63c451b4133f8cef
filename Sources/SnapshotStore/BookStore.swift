import GRDB
import Glibc
import LedgerDomain

/// The SQLite file that holds the books.
///
/// One process writes at a time, under `StoreLock`; any number read. A close becomes visible as a
/// whole or not at all, since it is written in one transaction.
public final class BookStore {
  let queue: DatabaseQueue

  /// Opens a store for writing, and makes or migrates it if need be.
  ///
  /// - Throws: `StoreError` if the file cannot be opened, is no store or was written by a newer Tieout.
  public init(writingTo path: String) throws {
    queue = try Self.open(path, isReadOnly: false)
    try Self.translating(path) { try StoreSchema.migrator.migrate(queue) }
  }

  /// Opens a store for reading.
  ///
  /// - Throws: `StoreError` if there is none, or it is no store or was written by a newer Tieout.
  public init(readingFrom path: String) throws {
    guard access(path, R_OK) == 0 else {
      throw StoreError(
        .notFound,
        "there is no store at \(path) that can be read. Close a date first: tieout close.")
    }
    queue = try Self.open(path, isReadOnly: true)
    try Self.translating(path) { try queue.read { try Self.checkReadable($0, path: path) } }
  }

  /// A connection for look-ups: it never writes, and fails at once while a close commits.
  ///
  /// - Throws: `StoreError` as for reading.
  static func lookupQueue(_ path: String) throws -> DatabaseQueue {
    guard access(path, R_OK) == 0 else {
      throw StoreError(.notFound, "there is no store at \(path) that can be read.")
    }
    let queue = try open(path, isReadOnly: true, isPatient: false, keepsTransactions: true)
    try translating(path) {
      try queue.unsafeRead { db in
        try checkReadable(db, path: path)
        // 32 MiB: the upper levels of a few million balances' tree.
        try db.execute(sql: "PRAGMA cache_size = -32768")
      }
    }
    return queue
  }

  /// Whether there is a file at the path that could be a store.
  public static func exists(at path: String) -> Bool { access(path, F_OK) == 0 }

  /// Hands out the books for writing. The body begins and commits transactions itself; if it throws,
  /// the one that is open is undone.
  public func write<Outcome>(_ body: (BookWriter) throws -> Outcome) throws -> Outcome {
    try Self.translating(queue.path) {
      try queue.writeWithoutTransaction { db in
        do {
          return try body(BookWriter(db))
        } catch {
          if db.isInsideTransaction { try? db.rollback() }
          throw error
        }
      }
    }
  }

  /// Hands out the books for reading, in one unchanging state.
  public func read<Outcome>(_ body: (BookReader) throws -> Outcome) throws -> Outcome {
    try Self.translating(queue.path) { try queue.read { db in try body(BookReader(db)) } }
  }

  private static func open(
    _ path: String, isReadOnly: Bool, isPatient: Bool = true,
    keepsTransactions: Bool = false
  ) throws -> DatabaseQueue {
    _ = SQLiteLibrary.forgoesMemoryStatistics
    var configuration = Configuration()
    if isPatient {
      let patience = BusyBackoff()
      configuration.busyMode = .callback { patience.sleep(after: $0) }
    } else {
      configuration.busyMode = .immediateError
    }
    configuration.foreignKeysEnabled = false
    // Whether a transaction may stay open between uses of the queue, as look-ups have it.
    configuration.allowsUnsafeTransactions = keepsTransactions
    configuration.label = "tieout"
    // A reader that may write can roll back the journal of a killed run; it changes nothing else.
    configuration.readonly = isReadOnly && access(path, W_OK) != 0
    configuration.prepareDatabase { db in
      if isReadOnly {
        try db.execute(sql: "PRAGMA query_only = 1")
      } else {
        // Before anything is set: the journal mode is kept in the file, which may be another's.
        if try !Self.isNew(db) { try Self.checkOwner(db, path: path) }
        try Self.prepareForWriting(db)
      }
    }
    return try translating(path) { try DatabaseQueue(path: path, configuration: configuration) }
  }

  /// A rollback journal, since SQLite before 3.51.3 can corrupt a WAL database that two processes use.
  ///
  /// `EXTRA` syncs the directory after the journal is gone: then a commit is on disk when it returns.
  private static func prepareForWriting(_ db: Database) throws {
    let walIsSafe = SQLiteLibrary.isWALSafe
    try db.execute(
      sql: """
        PRAGMA journal_mode = \(walIsSafe ? "WAL" : "DELETE");
        PRAGMA synchronous = \(walIsSafe ? "FULL" : "EXTRA");
        PRAGMA secure_delete = OFF;
        PRAGMA cache_size = -262144;
        PRAGMA cache_spill = OFF;
        PRAGMA temp_store = MEMORY;
        """)
  }

  /// Whether nothing was made yet, be it that making the store was cut short.
  private static func isNew(_ db: Database) throws -> Bool {
    try Int.fetchOne(
      db, sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'") == 0
  }

  private static func checkReadable(_ db: Database, path: String) throws {
    try checkOwner(db, path: path)
    if try !StoreSchema.migrator.hasCompletedMigrations(db) {
      throw StoreError(
        .notAStore, "\(path) was written by an older Tieout. Run tieout close once to migrate it.")
    }
  }

  private static func checkOwner(_ db: Database, path: String) throws {
    let owner = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    if owner != StoreSchema.applicationID {
      throw StoreError(
        .notAStore, "\(path) is a SQLite file, but not a store of Tieout. Give another path.")
    }
    if try StoreSchema.migrator.hasBeenSuperseded(db) {
      throw StoreError(
        .newerStore, "\(path) was written by a newer Tieout. Use that one, or newer.")
    }
  }

  /// Turns what SQLite says into an error with a remedy.
  static func translating<Outcome>(
    _ path: String, _ body: () throws -> Outcome
  ) throws -> Outcome {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw storeError(error, path: path)
    }
  }

  private static func storeError(_ error: DatabaseError, path: String) -> StoreError {
    let reason = error.message ?? "\(error.resultCode)"
    switch error.resultCode {
    case .SQLITE_NOTADB, .SQLITE_CORRUPT:
      return StoreError(
        .notAStore, "\(path) is damaged or not a SQLite file: \(reason). Restore it from a backup.")
    case .SQLITE_CANTOPEN:
      return StoreError(
        .cannotOpen, "\(path) cannot be opened: \(reason). Check the path and its permissions.")
    case .SQLITE_BUSY:
      return StoreError(
        .locked, "\(path) is kept busy by another process. Try again when it has finished.")
    default:
      return StoreError(
        .writeFailed,
        "\(path): \(reason). What was not committed is undone, what was is kept; mend it and run again."
      )
    }
  }
}

extension DatabaseMigrator {
  /// Whether every migration that this Tieout knows has been applied.
  fileprivate func hasCompletedMigrations(_ db: Database) throws -> Bool {
    try completedMigrations(db).count >= migrations.count
  }
}
