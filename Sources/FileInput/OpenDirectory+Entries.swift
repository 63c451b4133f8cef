import Glibc
import SystemPackage

/// Something in a directory, as it is itself: symbolic links are not followed.
public struct DirectoryEntry: Hashable, Sendable {
  /// What it is.
  public enum Kind: Hashable, Sendable {
    case file
    case directory
    case link
    /// A named pipe, a socket or a device.
    case special
  }

  /// The name; bytes that are not UTF-8 are replaced.
  public let name: String
  /// Whether the name is UTF-8, so that it can be opened by `name`.
  public let isNameValid: Bool
  /// What it is.
  public let kind: Kind
  /// The size in bytes.
  public let byteCount: Int
  /// When its contents were last changed, in nanoseconds since 1970.
  public let modifiedNanoseconds: Int64
}

extension OpenDirectory {
  /// What is in a directory below this one, in no order; what is gone meanwhile is left out.
  ///
  /// - Parameter name: the directory, relative to this one; `.` for itself. No link is followed.
  /// - Throws: `FileError` with `open` or `read`.
  public func entries(in name: String) throws(FileError) -> [DirectoryEntry] {
    let listed = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
    guard listed >= 0 else { throw FileError(.open, Errno(rawValue: errno)) }
    guard let stream = fdopendir(listed) else {
      let reason = Errno(rawValue: errno)
      close(listed)
      throw FileError(.open, reason)
    }
    defer { closedir(stream) }
    var entries: [DirectoryEntry] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let found = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { Self.entry($0, in: listed) }
      }
      if let found { entries.append(found) }
    }
    guard errno == 0 else { throw FileError(.read, Errno(rawValue: errno)) }
    return entries
  }

  private static func entry(
    _ name: UnsafePointer<CChar>, in directory: Int32
  ) -> DirectoryEntry? {
    if strcmp(name, ".") == 0 || strcmp(name, "..") == 0 { return nil }
    var status = stat()
    guard fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
    let valid = String(validatingCString: name)
    let (seconds, isTooLarge) =
      Int64(status.st_mtim.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    return DirectoryEntry(
      name: valid ?? String(cString: name), isNameValid: valid != nil, kind: kind(status.st_mode),
      byteCount: Int(status.st_size),
      modifiedNanoseconds: isTooLarge ? 0 : seconds &+ Int64(status.st_mtim.tv_nsec))
  }

  private static func kind(_ mode: mode_t) -> DirectoryEntry.Kind {
    switch mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .directory
    case S_IFLNK: .link
    default: .special
    }
  }
}
