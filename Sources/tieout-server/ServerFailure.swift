import ArgumentParser
import Glibc
import WholeWrites

/// Says what is the matter and ends with the documented code.
enum ServerFailure {
  /// - Returns: exit code 2, for failure.
  static func exit(_ message: String) -> ExitCode {
    _ = WholeWrite.write("tieout-server: \(message)\n", to: STDERR_FILENO)
    return ExitCode(2)
  }
}
