import Glibc

/// An open file that is read from front to back.
struct PartFile: ~Copyable {
  let path: String
  /// The name that messages use.
  let name: String
  /// Bytes of the file when it was opened.
  let size: Int
  /// Bytes read so far.
  private(set) var bytesRead = 0
  private let descriptor: Int32

  /// Opens a regular file.
  init(path: String, name: String) throws(ReadingError) {
    self.path = path
    self.name = name
    // A named pipe must not hold the run up before it is found to be none of ours.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
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
    size = Int(status.st_size)
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
      bytesRead += count
      return count
    }
  }
}

/// What the system says about the last failed call.
func systemMessage() -> String { String(cString: strerror(errno)) }
