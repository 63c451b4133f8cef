import ArgumentParser
import FoundationEssentials
import Operations
import SystemPackage

/// Writes to standard output and error; a full disk or a closed pipe is an error.
enum Output {
  /// How wide a text on standard output may be, and whether it may have colours.
  static var style: TerminalStyle {
    .ofStandardOutput(ProcessInfo.processInfo.environment)
  }

  /// Writes a whole text to standard output.
  ///
  /// - Throws: `ExitCode(2)` if the text could not be written completely.
  static func write(_ text: String) throws {
    do {
      _ = try FileDescriptor.standardOutput.writeAll(text.utf8)
    } catch {
      if error as? Errno != .brokenPipe {
        complain("standard output cannot be written: \(error)")
      }
      throw ExitCode(2)
    }
  }

  /// Writes a line to standard error.
  static func complain(_ message: String) {
    _ = try? FileDescriptor.standardError.writeAll("tieout: \(message)\n".utf8)
  }
}
