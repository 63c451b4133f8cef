import Glibc

/// Entries or loans could not be spilled to disk or read back.
public struct SpillError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The directory.
  public let directory: String
  /// The system's error message.
  public let reason: String

  /// A sentence with the remedy.
  public var description: String {
    "cannot spill entries or loans to \(directory): \(reason). Free disk space there, or raise "
      + "memory_limit."
  }
}

/// An unnamed temporary file for spilled data; it disappears when the process ends.
final class SpillFile {
  private let descriptor: Int32
  private let directory: String
  private var size = 0

  init(directory: String) throws(SpillError) {
    self.directory = directory
    var template = Array("\(directory)/.tieout-spill-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Self.error(directory) }
    unlink(template)
  }

  deinit { close(descriptor) }

  /// Appends entries.
  ///
  /// - Returns: where they begin.
  func append(
    _ items: UnsafeMutablePointer<EntryRegister.Item>, count: Int
  ) throws(SpillError) -> Int {
    try append(
      UnsafeRawBufferPointer(
        start: items, count: count * MemoryLayout<EntryRegister.Item>.stride))
  }

  func forEachItem(
    at offset: Int, count: Int, _ body: (EntryRegister.Item) -> Void
  ) throws(SpillError) {
    let items = UnsafeMutablePointer<EntryRegister.Item>.allocate(capacity: count)
    defer { items.deallocate() }
    try read(
      into: UnsafeMutableRawBufferPointer(
        start: items, count: count * MemoryLayout<EntryRegister.Item>.stride), at: offset)
    for index in 0..<count { body(items[index]) }
  }

  /// Appends bytes.
  ///
  /// - Returns: where they begin.
  func append(_ bytes: UnsafeRawBufferPointer) throws(SpillError) -> Int {
    let start = size
    var written = 0
    while written < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
      let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(start + written))
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw Self.error(directory) }
      written += count
    }
    size += bytes.count
    return start
  }

  /// Appends bytes.
  ///
  /// - Returns: where they begin.
  func append(_ bytes: [UInt8]) throws(SpillError) -> Int {
    try bytes.withUnsafeBytes { bytes in
      Result { () throws(SpillError) in try append(bytes) }
    }.get()
  }

  /// The bytes that begin there.
  func read(count: Int, at offset: Int) throws(SpillError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    try bytes.withUnsafeMutableBytes { bytes in
      Result { () throws(SpillError) in try read(into: bytes, at: offset) }
    }.get()
    return bytes
  }

  /// Fills the buffer with the bytes that begin there.
  func read(into bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws(SpillError) {
    var read = 0
    while read < bytes.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[read...])
      let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + read))
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw Self.error(directory) }
      read += count
    }
  }

  private static func error(_ directory: String) -> SpillError {
    SpillError(directory: directory, reason: String(cString: strerror(errno)))
  }
}
