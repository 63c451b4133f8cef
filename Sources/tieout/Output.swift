import ArgumentParser
import Glibc

/// Writes to standard output and error; a full disk or a closed pipe is an error, not silence.
enum Output {
  /// Writes a whole text to standard output.
  ///
  /// - Throws: `ExitCode(2)` if not all of it could be written.
  static func write(_ text: String) throws {
    guard write(text, to: STDOUT_FILENO) else {
      if errno != EPIPE {
        complain("standard output cannot be written: \(String(cString: strerror(errno)))")
      }
      throw ExitCode(2)
    }
  }

  /// Writes a line to standard error.
  static func complain(_ message: String) {
    _ = write("tieout: \(message)\n", to: STDERR_FILENO)
  }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return false }
      written += count
    }
    return true
  }
}
