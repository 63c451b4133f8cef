import Glibc

/// Bytes from front to back.
protocol ByteSource: AnyObject {
  /// The next bytes, at most so many; none at the end.
  func read(bytesMax: Int) throws(StatementError) -> [UInt8]
}

/// The bytes of an array.
final class MemoryByteSource: ByteSource {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  func read(bytesMax: Int) -> [UInt8] {
    let chunk = rest.prefix(bytesMax)
    rest = rest.dropFirst(bytesMax)
    return Array(chunk)
  }
}

/// The bytes of a file.
final class FileByteSource: ByteSource {
  private let name: String
  private let descriptor: Int32
  private var bytesRead = 0

  /// Opens a regular file.
  init(path: String, name: String) throws(StatementError) {
    // A named pipe must not hold the run up before it is found to be none of ours.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw StatementError(
        .cannotOpen, file: name,
        message: "cannot be opened: \(Self.reason()). Check that it exists and can be read.")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw StatementError(
        .notAFile, file: name,
        message: "is not a regular file. Move it out of the statements' directory.")
    }
    self.name = name
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  func read(bytesMax: Int) throws(StatementError) -> [UInt8] {
    var failure: Int32 = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: bytesMax) { buffer, count in
      var length = Glibc.read(descriptor, buffer.baseAddress, bytesMax)
      while length < 0 && errno == EINTR {
        length = Glibc.read(descriptor, buffer.baseAddress, bytesMax)
      }
      if length < 0 { failure = errno }
      count = max(0, length)
    }
    guard failure == 0 else {
      throw StatementError(
        .cannotRead, file: name, byteOffset: bytesRead,
        message: "cannot be read: \(String(cString: strerror(failure))). Check the disk, then run "
          + "again.")
    }
    bytesRead += chunk.count
    return chunk
  }

  private static func reason() -> String { String(cString: strerror(errno)) }
}
