/// Memory that a stretch of a part is inflated into.
///
/// Before the stretch lies headroom, into which the beginning of a record that the previous stretch
/// cut off is copied, so that every record lies in one piece. Behind it lies padding, so that words
/// can be loaded past the last byte.
///
/// A block belongs to one thread at a time; it changes hands only under a lock.
final class Block: @unchecked Sendable {
  /// How much of a cut record fits before the stretch; a longer one is put together elsewhere.
  static let headroom = 16 * 1024
  /// Readable bytes behind the last byte of the stretch.
  static let padding = 64
  /// How many bytes a stretch has at most.
  static let capacity = 512 * 1024

  /// The first byte of the stretch.
  let start: UnsafeMutablePointer<UInt8>
  /// How many bytes of it are filled.
  var count = 0
  /// The pieces of the file that were used up for it, still to be hashed.
  var chunks: [InputChunk] = []
  /// Whether the stretch is itself a piece of the file, as in a part that is not compressed.
  var isFileContent = false

  private let memory: UnsafeMutablePointer<UInt8>

  init() {
    let size = Self.headroom + Self.capacity + Self.padding
    memory = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    memory.initialize(repeating: 0, count: size)
    start = memory + Self.headroom
  }

  deinit { memory.deallocate() }

  /// The memory to be filled.
  var space: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: start, count: Self.capacity)
  }
}

/// A piece of a file as it is stored on disk. It belongs to one thread at a time, as a block does.
final class InputChunk: @unchecked Sendable {
  static let capacity = 256 * 1024

  let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 64)
  /// How many bytes of it are filled.
  var count = 0

  deinit { memory.deallocate() }

  /// The filled bytes.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }
}
