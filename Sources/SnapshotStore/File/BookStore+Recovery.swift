import FileInput
import GRDB
import Glibc
public import LedgerDomain
import SystemPackage

/// What a store was found with, and what became of it.
public struct StoreRecovery: Hashable, Sendable {
  /// The size of the journal that was rolled back, in bytes; `nil` if there was none.
  public let journalBytes: Int?
  /// The last committed close, of any tenant; `nil` if nothing was closed yet.
  public let lastClose: CloseID?
}

extension BookStore {
  /// Rolls back the transaction of a run that was killed.
  ///
  /// SQLite does it when somebody opens the store who may write to it. A reader that may not, such as
  /// the server, cannot read the store until then.
  ///
  /// - Parameters:
  ///   - path: the SQLite file.
  ///   - waiting: called before waiting for the lock that another run holds; `nil` not to wait.
  /// - Throws: `StoreError` with `not_found` if there is no file, with `cannot_open` if this user may not
  ///   roll back; those of `StoreLock` and of reading a store.
  public static func recover(
    at path: String, waiting: (() -> Void)? = nil
  ) throws -> StoreRecovery {
    guard exists(at: path) else { throw StoreError(.notFound, "there is no store at \(path).") }
    // A run that holds the lock rolls back its own transaction.
    let lock = try StoreLock(storePath: path, waiting: waiting)
    defer { withExtendedLifetime(lock) {} }
    let left = RollbackJournal.bytesToRollBack(of: path)
    if left != nil { try checkWritable(path) }
    let queue = try openQueue(path, isReadOnly: true)
    let lastClose = try translating(path) {
      try queue.read { db -> CloseID? in
        // The first read rolls back. The store of a run that was killed before its first table was made
        // is empty.
        if try isNew(db) { return nil }
        try checkOwner(db, path: path)
        return try newestClose(db)
      }
    }
    guard RollbackJournal.bytesToRollBack(of: path) == nil else {
      throw StoreError(
        .writeFailed,
        "\(path)-journal was not rolled back: another process has \(path) open for writing. End it and "
          + "run again.")
    }
    return StoreRecovery(journalBytes: left, lastClose: lastClose)
  }

  private static func newestClose(_ db: Database) throws -> CloseID? {
    try Int64.fetchOne(db, sql: "SELECT max(close_id) FROM stored_close").map { CloseID($0) }
  }

  private static func checkWritable(_ path: String) throws {
    let directory = FilePath(path).directory
    for place in [FilePath(path), directory] where !place.isWritable {
      throw StoreError(
        .cannotOpen,
        "\(path) has a journal to roll back, but this user may not write to \(place). Run again as the "
          + "user that closes.")
    }
  }
}
