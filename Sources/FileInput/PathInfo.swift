import Glibc
public import SystemPackage

extension FilePath {
  /// The directory that contains the path: `.` for a bare name, `/` for the root.
  public var directory: FilePath {
    let parent = removingLastComponent()
    return parent.isEmpty ? "." : parent
  }

  /// Whether something exists there; symbolic links are followed.
  public var exists: Bool { access(string, F_OK) == 0 }

  /// Whether this process may read it.
  public var isReadable: Bool { access(string, R_OK) == 0 }

  /// Whether this process may write to it.
  public var isWritable: Bool { access(string, W_OK) == 0 }

  /// Whether it is a directory; symbolic links are followed.
  public var isDirectory: Bool { (try? stat())?.type == .directory }

  /// The permission bits of owner, group and others, such as `0o640`; 0 if it does not exist.
  public var permissionBits: UInt32 {
    (try? stat()).map { UInt32($0.permissions.rawValue) & 0o777 } ?? 0
  }

  /// The size in bytes; `nil` if it does not exist.
  public var byteCount: Int? { (try? stat()).map { Int($0.size) } }

  /// The path itself if it exists, otherwise the nearest directory above it that does.
  public var nearestExisting: FilePath {
    var path = self
    while !path.exists && path != "/" && path != "." { path = path.directory }
    return path
  }

  /// The names in a directory, sorted by their bytes.
  ///
  /// - Throws: `FileError` with `open` or `read`.
  public func entryNames() throws(FileError) -> [String] {
    guard let directory = opendir(string) else { throw FileError(.open, Errno(rawValue: errno)) }
    defer { closedir(directory) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(directory) else { break }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw FileError(.read, Errno(rawValue: errno)) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
