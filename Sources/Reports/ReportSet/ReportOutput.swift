import Digests
import Glibc
import LedgerDomain
import SystemPackage

/// A report file being written: buffered and hashed, with every write checked.
public struct ReportOutput: ~Copyable {
  let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var hasher = SHA256()

  init(path: String) throws(ReportError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw ReportError.system(path) }
    buffer.reserveCapacity(64 * 1024)
  }

  deinit { close(descriptor) }

  /// Appends text.
  public mutating func write(_ text: String) throws(ReportError) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count > 60 * 1024 { try flush() }
  }

  /// Appends bytes.
  public mutating func write(_ bytes: some Sequence<UInt8>) throws(ReportError) {
    buffer.append(contentsOf: bytes)
    if buffer.count > 60 * 1024 { try flush() }
  }

  private mutating func flush() throws(ReportError) {
    hasher.update(buffer)
    do {
      _ = try FileDescriptor(rawValue: descriptor).writeAll(buffer)
    } catch {
      throw ReportError(path: path, reason: "\(error)")
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes the rest of the buffer. The file is durable only after the file system is synced.
  ///
  /// - Returns: the SHA-256 of the content in lower-case hexadecimal.
  mutating func finish() throws(ReportError) -> String {
    try flush()
    return Hexadecimal.text(hasher.finalize())
  }

  /// Makes what was written durable, for a file that is renamed over another.
  func sync() throws(ReportError) {
    guard fsync(descriptor) == 0 else { throw .system(path) }
  }
}

extension ReportError {
  static func system(_ path: String) -> ReportError {
    ReportError(path: path, reason: String(cString: strerror(errno)))
  }
}
