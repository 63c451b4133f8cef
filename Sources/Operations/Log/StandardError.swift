import Glibc
import SystemPackage

/// Standard error, and what is attached to it.
enum StandardError {
  /// Writes a text. A failure to write is ignored: there is nowhere left to report it.
  static func write(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll(text.utf8)
  }

  /// Whether standard error is a terminal that can move its cursor.
  static func isTerminal(_ environment: [String: String]) -> Bool {
    isatty(STDERR_FILENO) == 1 && !["", "dumb"].contains(environment["TERM"] ?? "")
  }

  /// Whether journald reads standard error: systemd passes the device and inode of its stream.
  static func isJournal(_ environment: [String: String]) -> Bool {
    var status = stat()
    guard let stream = environment["JOURNAL_STREAM"], fstat(STDERR_FILENO, &status) == 0 else {
      return false
    }
    return stream == "\(status.st_dev):\(status.st_ino)"
  }
}
