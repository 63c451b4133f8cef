import Glibc
import SystemPackage

/// A file in a directory, as a listing shows it.
public struct ListedFile: Hashable, Sendable {
  /// The name.
  public let name: String
  /// The size in bytes; `nil` if it was not asked for, the file is gone, or it is a link to nothing.
  public let byteCount: Int?

  /// A file with that name and size.
  public init(name: String, byteCount: Int?) {
    self.name = name
    self.byteCount = byteCount
  }
}

/// A directory that stays open, for listing many directories below it.
///
/// The kernel resolves the path of the directory once, not for every file below it.
public struct OpenDirectory: ~Copyable {
  let descriptor: Int32

  /// Opens a directory.
  ///
  /// - Throws: `FileError` with `open`.
  public init(path: String) throws(FileError) {
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(.open, Errno(rawValue: errno)) }
  }

  deinit { close(descriptor) }

  /// The files in a directory below this one, sorted by the bytes of their names; symbolic links are
  /// followed.
  ///
  /// - Parameters:
  ///   - name: the directory, relative to this one.
  ///   - isSized: whether the size of the file with that name is wanted.
  /// - Returns: `nil` if there is no directory of that name.
  /// - Throws: `FileError` with `open` or `read`.
  public func files(
    in name: String, withSizesOf isSized: (String) -> Bool
  ) throws(FileError) -> [ListedFile]? {
    let listed = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard listed >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw FileError(.open, Errno(rawValue: errno))
    }
    guard let stream = fdopendir(listed) else {
      let reason = Errno(rawValue: errno)
      close(listed)
      throw FileError(.open, reason)
    }
    defer { closedir(stream) }
    var files: [ListedFile] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let file = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { Self.file($0, in: listed, isSized) }
      }
      if let file { files.append(file) }
    }
    guard errno == 0 else { throw FileError(.read, Errno(rawValue: errno)) }
    files.sort { left, right in
      left.name.withCString { first in right.name.withCString { strcmp(first, $0) < 0 } }
    }
    return files
  }

  private static func file(
    _ name: UnsafePointer<CChar>, in directory: Int32, _ isSized: (String) -> Bool
  ) -> ListedFile? {
    if strcmp(name, ".") == 0 || strcmp(name, "..") == 0 { return nil }
    let text = String(cString: name)
    guard isSized(text) else { return ListedFile(name: text, byteCount: nil) }
    var status = stat()
    let isThere = fstatat(directory, name, &status, 0) == 0
    return ListedFile(name: text, byteCount: isThere ? Int(status.st_size) : nil)
  }

  /// The contents of a file below this directory.
  ///
  /// - Parameters:
  ///   - path: the file, relative to this directory.
  ///   - bytesMax: the most bytes that it may have.
  /// - Returns: `nil` if it has more bytes.
  /// - Throws: `FileError` with `open`, `notARegularFile` or `read`.
  public func bytes(of path: String, bytesMax: Int) throws(FileError) -> [UInt8]? {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer.
    let file = openat(descriptor, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw FileError(.open, Errno(rawValue: errno)) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(.notARegularFile, Errno.invalidArgument)
    }
    guard status.st_size <= bytesMax else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var count = 0
    while count < bytes.count {
      let read = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(file, buffer.baseAddress! + count, buffer.count - count)
      }
      if read < 0 && errno == EINTR { continue }
      guard read >= 0 else { throw FileError(.read, Errno(rawValue: errno), byteOffset: count) }
      if read == 0 { break }
      count += read
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }
}
