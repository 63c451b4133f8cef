import Glibc

/// What the file system says of a path, for inspections.
struct FileInfo {
  let path: String

  var exists: Bool { access(path, F_OK) == 0 }
  var isReadable: Bool { access(path, R_OK) == 0 }
  var isWritable: Bool { access(path, W_OK) == 0 }

  var isDirectory: Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The rights of the owner, the group and others, in octal: `0o640`.
  var rights: UInt32 {
    var status = stat()
    return stat(path, &status) == 0 ? UInt32(status.st_mode) & 0o777 : 0
  }

  /// The bytes of a file, or of the tree's own node.
  var byteCount: Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// The directory that it is in.
  var parent: FileInfo {
    guard let slash = path.lastIndex(of: "/") else { return FileInfo(path: ".") }
    return FileInfo(path: slash > path.startIndex ? String(path[..<slash]) : "/")
  }

  /// The nearest directory above that exists, where what lacks would be made.
  var nearest: FileInfo {
    var place = self
    while !place.exists && place.path != "/" && place.path != "." { place = place.parent }
    return place
  }

  /// Bytes that are free for whoever is no superuser; `nil` if it cannot be told.
  var freeBytes: Int? {
    var disk = statvfs()
    guard statvfs(nearest.path, &disk) == 0 else { return nil }
    return Int(clamping: UInt64(disk.f_bavail) * UInt64(disk.f_frsize))
  }

  /// Files that can still be made; `nil` if the file system does not count them.
  var freeFiles: Int? {
    var disk = statvfs()
    guard statvfs(nearest.path, &disk) == 0, disk.f_files > 0 else { return nil }
    return Int(clamping: UInt64(disk.f_favail))
  }
}
