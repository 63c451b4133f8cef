import ArgumentParser
import Glibc

/// Says what is the matter and ends with the documented code.
enum ServerFailure {
  /// - Returns: exit code 2, for trouble.
  static func exit(_ message: String) -> ExitCode {
    write("tieout-server: \(message)\n", to: STDERR_FILENO)
    return ExitCode(2)
  }

  /// Writes a whole text.
  ///
  /// - Returns: whether all of it was written.
  @discardableResult
  static func write(_ text: String, to descriptor: Int32) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
