import Crypto
import Glibc

/// An open file that is read from front to back, and hashed on the way.
struct PartFile: ~Copyable {
  let path: String
  /// The name that messages use.
  let name: String
  /// Bytes read so far.
  private(set) var bytesRead = 0
  private let descriptor: Int32
  private var hasher = SHA256()

  /// Opens a regular file.
  init(path: String, name: String) throws(ReadingError) {
    self.path = path
    self.name = name
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw ReadingError(
        .cannotOpen, file: name,
        message: "cannot be opened: \(systemMessage()). Check that it exists and can be read.")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw ReadingError(
        .notAFile, file: name,
        message: "is not a regular file. Move it out of the date's directory.")
    }
    self.descriptor = descriptor
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
  }

  deinit { close(descriptor) }

  /// Fills the buffer from the file.
  ///
  /// - Returns: how many bytes were read; 0 at the end of the file.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        throw ReadingError(
          .cannotRead, file: name, byteOffset: bytesRead,
          message: "cannot be read: \(systemMessage()). Check the disk, then run again.")
      }
      hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      bytesRead += count
      return count
    }
  }

  /// The SHA-256 of what was read, in lower-case hexadecimal.
  func sha256() -> String { hasher.finalize().map(hexByte).joined() }
}

/// What the system says about the last failed call.
func systemMessage() -> String { String(cString: strerror(errno)) }

/// Two hexadecimal digits.
func hexByte(_ byte: UInt8) -> String {
  let digits = Array("0123456789abcdef")
  return String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
}
