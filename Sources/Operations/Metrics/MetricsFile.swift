import FoundationEssentials
import Glibc
import SystemPackage

/// The file that Prometheus' node exporter collects, replaced atomically.
struct MetricsFile {
  /// Why the file could not be written.
  struct WriteError: Error, CustomStringConvertible {
    let description: String
  }

  let path: String

  /// The page that the previous run wrote; empty if there is none.
  func previousPage() -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }

  /// Writes a draft under a name that is not collected, then renames it over the file.
  func write(_ text: String) throws(WriteError) {
    let draft = "\(path).\(getpid()).draft"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(draft) }
    let file = FileDescriptor(rawValue: descriptor)
    let isWritten = (try? file.writeAll(text.utf8)) != nil && fsync(descriptor) == 0
    let reason = isWritten ? nil : failure(draft)
    close(descriptor)
    if let reason {
      unlink(draft)
      throw reason
    }
    guard rename(draft, path) == 0 else {
      let reason = failure(path)
      unlink(draft)
      throw reason
    }
  }

  private func failure(_ path: String) -> WriteError {
    WriteError(description: "\(path) cannot be written: \(String(cString: strerror(errno)))")
  }
}
