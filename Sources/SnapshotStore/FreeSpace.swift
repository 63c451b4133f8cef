import GRDB
import Glibc

/// Whether the disk has room for what a commit is about to write.
///
/// SQLite would find out in the middle and undo the commit; to know before says more.
enum FreeSpace {
  /// What is left free beside the growth of the file: for its journal and the reports.
  private static let margin: Int64 = 4 << 20

  /// - Throws: `StoreError` with `disk_full` if the open transaction does not fit.
  static func check(_ db: Database, path: String) throws {
    guard let pages = try Int64.fetchOne(db, sql: "PRAGMA page_count"),
      let pageSize = try Int64.fetchOne(db, sql: "PRAGMA page_size")
    else { return }
    var file = stat()
    var disk = statvfs()
    guard stat(path, &file) == 0, statvfs(path, &disk) == 0 else { return }
    let growth = max(0, pages * pageSize - Int64(file.st_size))
    let free = Int64(clamping: UInt64(disk.f_bavail) * UInt64(disk.f_frsize))
    guard free < growth + margin else { return }
    throw StoreError(
      .diskFull,
      "\(path) would grow by \(growth >> 10) KiB, but the disk has \(free >> 10) KiB free and \(margin >> 20) "
        + "MiB are to stay free. Nothing was written; make room and run again.")
  }
}
