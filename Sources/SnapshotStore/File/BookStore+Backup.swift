import FileInput
import GRDB
import GRDBSQLite
import Glibc
import SystemPackage

extension BookStore {
  /// Copies the store, in one consistent state, through SQLite's backup interface.
  ///
  /// - Parameters:
  ///   - draft: the file to write; an existing file is replaced.
  ///   - path: the final name of the copy, which must not exist yet.
  /// - Throws: `StoreError` with `backup_failed`; the draft is removed then.
  public func backUp(to draft: String, inPlaceOf path: String) throws {
    guard access(path, F_OK) != 0 else {
      throw StoreError(
        .backupFailed, "\(path) already exists and was not overwritten. Give another name.")
    }
    let store = queue.path
    // SQLite uses these names itself; and the draft is replaced, so it must not be the store.
    guard !["-journal", "-wal", "-shm"].contains(where: { path == store + $0 }),
      !Self.isSameFile(draft, store)
    else {
      throw StoreError(.backupFailed, "\(path) is a file of the store itself. Give another name.")
    }
    unlink(draft)
    do {
      var configuration = Configuration()
      configuration.label = "tieout backup"
      let copy = try DatabaseQueue(path: draft, configuration: configuration)
      try queue.backup(to: copy)
      try copy.close()
    } catch let error as DatabaseError {
      Self.discardBackup(draft)
      throw StoreError(
        .backupFailed,
        "\(path) cannot be written: \(Self.reason(error)). Free some disk space, or give another path."
      )
    }
  }

  /// The text of the error code: the message belongs to the copy's connection, which may not have the
  /// error.
  private static func reason(_ error: DatabaseError) -> String {
    String(cString: sqlite3_errstr(error.resultCode.rawValue))
  }

  /// Syncs the draft of a backup and gives it its final name.
  public static func finishBackup(_ draft: String, as path: String) throws {
    let directory = FilePath(path).directory.string
    try sync(draft, O_RDONLY)
    // link() never replaces a file that was created in the meantime.
    guard link(draft, path) == 0, unlink(draft) == 0 else {
      throw failure("\(path) cannot be created")
    }
    try sync(directory, O_RDONLY | O_DIRECTORY)
  }

  /// Removes the draft of a failed backup.
  public static func discardBackup(_ draft: String) {
    unlink(draft)
    unlink(draft + "-journal")
  }

  private static func isSameFile(_ left: String, _ right: String) -> Bool {
    var (first, second) = (stat(), stat())
    return stat(left, &first) == 0 && stat(right, &second) == 0 && first.st_dev == second.st_dev
      && first.st_ino == second.st_ino
  }

  private static func sync(_ path: String, _ flags: Int32) throws {
    let descriptor = open(path, flags | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("\(path) cannot be opened") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure("\(path) cannot be synced") }
  }

  private static func failure(_ what: String) -> StoreError {
    StoreError(.backupFailed, "\(what): \(String(cString: strerror(errno))).")
  }
}
