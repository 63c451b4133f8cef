import Glibc

/// Facts about a path, for inspections.
struct FileInfo {
  let path: String

  var exists: Bool { access(path, F_OK) == 0 }
  var isReadable: Bool { access(path, R_OK) == 0 }
  var isWritable: Bool { access(path, W_OK) == 0 }

  var isDirectory: Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The permission bits of owner, group and others, such as `0o640`.
  var permissions: UInt32 {
    var status = stat()
    return stat(path, &status) == 0 ? UInt32(status.st_mode) & 0o777 : 0
  }

  /// The size in bytes; 0 if the path does not exist.
  var byteCount: Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// The directory that contains the path.
  var parent: FileInfo {
    guard let slash = path.lastIndex(of: "/") else { return FileInfo(path: ".") }
    return FileInfo(path: slash > path.startIndex ? String(path[..<slash]) : "/")
  }

  /// The path itself or its nearest existing ancestor, in which missing directories would be
  /// created.
  var nearest: FileInfo {
    var candidate = self
    while !candidate.exists && candidate.path != "/" && candidate.path != "." {
      candidate = candidate.parent
    }
    return candidate
  }

  /// Bytes free to unprivileged users; `nil` if unknown.
  var freeBytes: Int? {
    var disk = statvfs()
    guard statvfs(nearest.path, &disk) == 0 else { return nil }
    return Int(clamping: UInt64(disk.f_bavail) * UInt64(disk.f_frsize))
  }

  /// How many more files can be created; `nil` if the file system does not count them.
  var freeFiles: Int? {
    var disk = statvfs()
    guard statvfs(nearest.path, &disk) == 0, disk.f_files > 0 else { return nil }
    return Int(clamping: UInt64(disk.f_favail))
  }
}
