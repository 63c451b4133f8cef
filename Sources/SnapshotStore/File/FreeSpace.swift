import FileInput
import GRDB
import Glibc
import SystemPackage

/// The free space of the file system that holds a path.
public struct FreeSpace: Hashable, Sendable {
  /// The bytes that an unprivileged process can still write.
  public let bytes: Int
  /// How many files can still be created; `nil` if the file system does not count them.
  public let files: Int?

  /// The free space at a path, or at its nearest existing directory; `nil` if it is unknown.
  public init?(at path: String) {
    var disk = statvfs()
    guard statvfs(FilePath(path).nearestExisting.string, &disk) == 0 else { return nil }
    bytes = Int(clamping: UInt64(disk.f_bavail) * UInt64(disk.f_frsize))
    files = disk.f_files > 0 ? Int(clamping: disk.f_favail) : nil
  }
}

extension FreeSpace {
  /// Bytes that must stay free in addition to the growth of the file: for its journal and the reports.
  private static let margin = 4 << 20

  /// Checks that the open transaction fits on the disk.
  ///
  /// SQLite would fail in the middle of the commit and undo it; checking first gives a better message.
  ///
  /// - Throws: `StoreError` with `disk_full` if it does not fit.
  static func check(_ db: Database, path: String) throws {
    guard let pages = try Int.fetchOne(db, sql: "PRAGMA page_count"),
      let pageSize = try Int.fetchOne(db, sql: "PRAGMA page_size")
    else { return }
    var file = stat()
    guard stat(path, &file) == 0, let free = FreeSpace(at: path)?.bytes else { return }
    let growth = max(0, pages * pageSize - Int(file.st_size))
    guard free < growth + margin else { return }
    throw StoreError(
      .diskFull,
      "\(path) would grow by \(growth >> 10) KiB, but only \(free >> 10) KiB of disk space are "
        + "free, and \(margin >> 20) MiB must stay free. Nothing was written. Free some disk space "
        + "and run again.")
  }
}
