import ArgumentParser
import Glibc
import WholeWrites

/// Writes to standard output and error; a full disk or a closed pipe is an error.
enum Output {
  /// Writes a whole text to standard output.
  ///
  /// - Throws: `ExitCode(2)` if the text could not be written completely.
  static func write(_ text: String) throws {
    guard WholeWrite.write(text, to: STDOUT_FILENO) else {
      if errno != EPIPE {
        complain("standard output cannot be written: \(String(cString: strerror(errno)))")
      }
      throw ExitCode(2)
    }
  }

  /// Writes a line to standard error.
  static func complain(_ message: String) {
    _ = WholeWrite.write("tieout: \(message)\n", to: STDERR_FILENO)
  }
}
