import Glibc

/// Entries could not be put aside on disk, or not read back.
public struct SpillError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The directory.
  public let directory: String
  /// What the system said.
  public let reason: String

  /// A sentence with the remedy.
  public var description: String {
    "\(directory) has no room to put entries aside while looking for duplicates: \(reason). Free "
      + "space there, or raise memory_limit."
  }
}

/// A file without a name, gone when the process ends, that holds entries put aside.
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
    let start = size
    let bytes = UnsafeRawBufferPointer(
      start: items, count: count * MemoryLayout<EntryRegister.Item>.stride)
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

  func forEachItem(
    at offset: Int, count: Int, _ body: (EntryRegister.Item) -> Void
  ) throws(SpillError) {
    let items = UnsafeMutablePointer<EntryRegister.Item>.allocate(capacity: count)
    defer { items.deallocate() }
    let bytes = UnsafeMutableRawBufferPointer(
      start: items, count: count * MemoryLayout<EntryRegister.Item>.stride)
    var read = 0
    while read < bytes.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[read...])
      let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + read))
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw Self.error(directory) }
      read += count
    }
    for index in 0..<count { body(items[index]) }
  }

  private static func error(_ directory: String) -> SpillError {
    SpillError(directory: directory, reason: String(cString: strerror(errno)))
  }
}
