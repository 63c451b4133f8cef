import FoundationEssentials
import Glibc
import WholeWrites

/// The file that Prometheus' node exporter collects: there as a whole, or as it was before.
struct MetricsFile {
  /// Why it could not be written.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let path: String

  /// What the run before wrote; empty if there is nothing.
  func earlier() -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }

  /// Writes beside the file, under a name that is not collected, and takes its place in one step.
  func write(_ text: String) throws(Failure) {
    let draft = "\(path).\(getpid()).draft"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(draft) }
    let isWhole = WholeWrite.write(text, to: descriptor) && fsync(descriptor) == 0
    let reason = isWhole ? nil : failure(draft)
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

  private func failure(_ path: String) -> Failure {
    Failure(description: "\(path) cannot be written: \(String(cString: strerror(errno)))")
  }
}
