import GRDB
import Glibc

/// The file in which SQLite keeps the original pages that an open transaction changes.
enum RollbackJournal {
  /// The size of a store's journal, if it may have to be rolled back before the store can be read.
  ///
  /// A journal whose first byte is zero was finished; an empty one was never begun.
  static func bytesToRollBack(of store: String) -> Int? {
    let descriptor = open(store + "-journal", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var (first, status): (UInt8, stat) = (0, stat())
    guard read(descriptor, &first, 1) == 1, first != 0, fstat(descriptor, &status) == 0 else {
      return nil
    }
    return Int(status.st_size)
  }

  /// Syncs a store's journal before the commit locks readers out.
  ///
  /// SQLite itself syncs the journal after taking the lock. If most of it is on disk by then, the lock is
  /// held only while the pages are written. With a write-ahead log there is no journal.
  ///
  /// - Throws: `StoreError` with `write_failed` if the sync fails.
  static func sync(of store: String) throws {
    let path = store + "-journal"
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard fdatasync(descriptor) == 0 else {
      throw StoreError(
        .writeFailed,
        "\(path) cannot be synced: \(String(cString: strerror(errno))). Uncommitted changes were rolled back. "
          + "Fix the problem and run again."
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
