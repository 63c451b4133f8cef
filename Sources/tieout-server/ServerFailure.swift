import ArgumentParser
import SystemPackage

/// Says what is the matter and ends with the documented code.
enum ServerFailure {
  /// - Returns: exit code 2, for failure.
  static func exit(_ message: String) -> ExitCode {
    _ = try? FileDescriptor.standardError.writeAll("tieout-server: \(message)\n".utf8)
    return ExitCode(2)
  }
}
