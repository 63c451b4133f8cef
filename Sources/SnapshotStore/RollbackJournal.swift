import GRDB
import Glibc

/// The file in which SQLite keeps the pages that an open transaction changes, as they were.
enum RollbackJournal {
  /// Makes what was written of a store's journal durable, before the commit locks readers out.
  ///
  /// SQLite syncs the journal after it has taken the lock. What is on disk by then it need not wait for:
  /// the lock's time is that of the pages alone. With a write-ahead log there is no journal.
  ///
  /// - Throws: `StoreError` with `write_failed` if the disk refuses.
  static func sync(of store: String) throws {
    let path = store + "-journal"
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard fdatasync(descriptor) == 0 else {
      throw StoreError(
        .writeFailed,
        "\(path) cannot be synced: \(String(cString: strerror(errno))). What was not committed is undone; mend it and run again."
      )
    }
  }
}

extension Database {
  /// The path of the store's file.
  func storePath() throws -> String {
    try String.fetchOne(self, sql: "SELECT file FROM pragma_database_list LIMIT 1") ?? ""
  }
}
