import GRDB
import Glibc
import LedgerDomain

/// The SQLite file that holds the books.
///
/// One process writes at a time, holding `StoreLock`; any number read. A close is written in one
/// transaction, so it becomes visible as a whole or not at all.
public final class BookStore {
  let queue: DatabaseQueue

  /// Opens a store for writing, and creates or migrates it if necessary.
  ///
  /// - Throws: `StoreError` if the file cannot be opened, is not a store, or was written by a newer Tieout.
  public init(writingTo path: String) throws {
    queue = try Self.openQueue(path, isReadOnly: false)
    try Self.translating(path) { try StoreSchema.migrator.migrate(queue) }
  }

  /// Opens a store for reading.
  ///
  /// - Throws: `StoreError` if the file does not exist, is not a store, or was written by a newer Tieout.
  public init(readingFrom path: String) throws {
    guard access(path, R_OK) == 0 else {
      throw StoreError(
        .notFound,
        "there is no readable store at \(path). Close a date first with tieout close.")
    }
    queue = try Self.openQueue(path, isReadOnly: true)
    try Self.translating(path) { try queue.read { try Self.checkReadable($0, path: path) } }
  }

  /// Opens a connection for look-ups: it never writes, and fails at once while a close commits.
  ///
  /// - Throws: `StoreError` as for reading.
  static func lookupQueue(_ path: String) throws -> DatabaseQueue {
    guard access(path, R_OK) == 0 else {
      throw StoreError(.notFound, "there is no readable store at \(path).")
    }
    let queue = try openQueue(
      path, isReadOnly: true, retriesWhenBusy: false, allowsOpenTransactions: true)
    try translating(path) {
      try queue.unsafeRead { db in
        try checkReadable(db, path: path)
        // 32 MiB: the upper levels of a few million balances' tree.
        try db.execute(sql: "PRAGMA cache_size = -32768")
      }
    }
    return queue
  }

  /// Whether a file exists at the path.
  public static func exists(at path: String) -> Bool { access(path, F_OK) == 0 }

  /// Calls a body with the books, open for writing. The body begins and commits transactions itself; if
  /// it throws, an open transaction is rolled back.
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

  /// Calls a body with the books, open for reading, in one unchanging state.
  public func read<Outcome>(_ body: (BookReader) throws -> Outcome) throws -> Outcome {
    try Self.translating(queue.path) { try queue.read { db in try body(BookReader(db)) } }
  }

  static func openQueue(
    _ path: String, isReadOnly: Bool, retriesWhenBusy: Bool = true,
    allowsOpenTransactions: Bool = false
  ) throws -> DatabaseQueue {
    _ = SQLiteLibrary.hasDisabledMemoryStatistics
    var configuration = Configuration()
    if retriesWhenBusy {
      let backoff = BusyBackoff()
      configuration.busyMode = .callback { backoff.sleep(afterAttempts: $0) }
    } else {
      configuration.busyMode = .immediateError
    }
    configuration.foreignKeysEnabled = false
    // Look-ups keep a transaction open between uses of the queue.
    configuration.allowsUnsafeTransactions = allowsOpenTransactions
    configuration.label = "tieout"
    // A reader with write access can roll back the journal of a killed run; it changes nothing else.
    configuration.readonly = isReadOnly && access(path, W_OK) != 0
    configuration.prepareDatabase { db in
      if isReadOnly {
        try db.execute(sql: "PRAGMA query_only = 1")
      } else {
        // Check first: the journal mode is stored in the file, which may belong to another program.
        if try !Self.isNew(db) { try Self.checkOwner(db, path: path) }
        try Self.prepareForWriting(db)
      }
    }
    return try translating(path) { try DatabaseQueue(path: path, configuration: configuration) }
  }

  /// A rollback journal, since SQLite before 3.51.3 can corrupt a WAL database that two processes use.
  ///
  /// `EXTRA` syncs the directory after deleting the journal, so a commit that returned is on disk.
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

  /// Whether the file has no tables yet, also when creating the store was interrupted.
  static func isNew(_ db: Database) throws -> Bool {
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

  static func checkOwner(_ db: Database, path: String) throws {
    let owner = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    if owner != StoreSchema.applicationID {
      throw StoreError(
        .notAStore, "\(path) is a SQLite file but not a Tieout store. Give another path.")
    }
    if try StoreSchema.migrator.hasBeenSuperseded(db) {
      throw StoreError(
        .newerStore, "\(path) was written by a newer Tieout. Use that version or a later one.")
    }
  }

  /// Translates SQLite errors into errors that say what to do.
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
        .locked, "\(path) is in use by another process. Try again when that process is finished.")
    default:
      return StoreError(
        .writeFailed,
        "\(path): \(reason). Uncommitted changes were rolled back; committed ones are kept. Fix the "
          + "problem and run again."
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
