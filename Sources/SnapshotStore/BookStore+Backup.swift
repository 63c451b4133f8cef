import FileInput
import GRDB
import GRDBSQLite
import Glibc
import SystemPackage

extension BookStore {
  /// Copies the store through SQLite's backup interface, in the state of one moment.
  ///
  /// - Parameters:
  ///   - draft: the file to write; what is there is replaced.
  ///   - path: the name that the copy will have, which nothing may have yet.
  /// - Throws: `StoreError` with `backup_failed`; nothing of the draft is left then.
  public func backUp(to draft: String, inPlaceOf path: String) throws {
    guard access(path, F_OK) != 0 else {
      throw StoreError(
        .backupFailed, "\(path) is there already. Give another name; nothing is overwritten.")
    }
    let store = queue.path
    // SQLite takes these for its own; and the draft is replaced, which must not be the store.
    guard !["-journal", "-wal", "-shm"].contains(where: { path == store + $0 }),
      !Self.isSameFile(draft, store)
    else {
      throw StoreError(.backupFailed, "\(path) is a name of the store's own. Give another name.")
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
        "\(path) cannot be written: \(Self.reason(error)). Make room, or give another place.")
    }
  }

  /// What the code says: the message is of the copy's connection, which may not know of the error.
  private static func reason(_ error: DatabaseError) -> String {
    String(cString: sqlite3_errstr(error.resultCode.rawValue))
  }

  /// Gives a draft of a backup its name, once it is on disk.
  public static func finishBackup(_ draft: String, as path: String) throws {
    let directory = FilePath(path).directory.string
    try sync(draft, O_RDONLY)
    // A name that was taken meanwhile is left alone: a link is never made over another.
    guard link(draft, path) == 0, unlink(draft) == 0 else {
      throw failure("\(path) cannot be made")
    }
    try sync(directory, O_RDONLY | O_DIRECTORY)
  }

  /// Removes a draft that is no backup.
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
