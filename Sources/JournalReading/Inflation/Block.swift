/// Memory that a piece of a part is inflated into.
///
/// The headroom before the contents receives the beginning of a record that the previous block cut
/// off, which makes every record contiguous. The padding after them lets words be loaded past the
/// last byte.
///
/// A block belongs to one thread at a time; it changes hands only under a lock.
final class Block: @unchecked Sendable {
  /// How much of a cut record fits before the contents; a longer one is joined elsewhere.
  static let headroom = 16 * 1024
  /// Readable bytes after the last byte of the contents.
  static let padding = 64
  /// The maximum number of bytes.
  static let capacity = 512 * 1024

  /// The first byte of the contents.
  let start: UnsafeMutablePointer<UInt8>
  /// The number of bytes filled.
  var count = 0
  /// The pieces of the file that were inflated into it, still to be hashed.
  var chunks: [InputChunk] = []
  /// Whether the contents are a piece of the file itself, as in an uncompressed part.
  var isFileContent = false

  private let memory: UnsafeMutablePointer<UInt8>

  init() {
    let size = Self.headroom + Self.capacity + Self.padding
    memory = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    memory.initialize(repeating: 0, count: size)
    start = memory + Self.headroom
  }

  deinit { memory.deallocate() }

  /// The memory to fill.
  var space: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: start, count: Self.capacity)
  }
}

/// A piece of a file as it is stored on disk. It belongs to one thread at a time, as a block does.
final class InputChunk: @unchecked Sendable {
  static let capacity = 256 * 1024

  let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 64)
  /// The number of bytes filled.
  var count = 0

  deinit { memory.deallocate() }

  /// The filled bytes.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }
}
