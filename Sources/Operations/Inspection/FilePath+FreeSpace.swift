import FileInput
import Glibc
import SystemPackage

extension FilePath {
  /// The bytes that an unprivileged process can still write there; `nil` if that is unknown.
  var freeBytes: Int? {
    var disk = statvfs()
    guard statvfs(nearestExisting.string, &disk) == 0 else { return nil }
    return Int(clamping: UInt64(disk.f_bavail) * UInt64(disk.f_frsize))
  }

  /// How many files can still be created there; `nil` if the file system does not count them.
  var freeFiles: Int? {
    var disk = statvfs()
    guard statvfs(nearestExisting.string, &disk) == 0, disk.f_files > 0 else { return nil }
    return Int(clamping: UInt64(disk.f_favail))
  }
}
