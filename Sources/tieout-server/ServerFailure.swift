import ArgumentParser
import SystemPackage

/// Reports a failure on standard error.
enum ServerFailure {
  /// Prints the message.
  ///
  /// - Returns: exit code 2, for failure.
  static func exit(_ message: String) -> ExitCode {
    _ = try? FileDescriptor.standardError.writeAll("tieout-server: \(message)\n".utf8)
    return ExitCode(2)
  }
}
