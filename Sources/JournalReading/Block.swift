/// Memory that a stretch of a part is inflated into.
///
/// Before the stretch lies headroom, into which the beginning of a record that the previous stretch
/// cut off is copied, so that every record lies in one piece. Behind it lies padding, so that words
/// can be loaded past the last byte.
final class Block {
  /// How much of a cut record fits before the stretch; a longer one is put together elsewhere.
  static let headroom = 16 * 1024
  /// Readable bytes behind the last byte of the stretch.
  static let padding = 64
  /// How many bytes a stretch has at most.
  static let capacity = 256 * 1024

  /// The first byte of the stretch.
  let start: UnsafeMutablePointer<UInt8>
  /// How many bytes of it are filled.
  var count = 0

  private let memory: UnsafeMutablePointer<UInt8>

  init() {
    let size = Self.headroom + Self.capacity + Self.padding
    memory = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    memory.initialize(repeating: 0, count: size)
    start = memory + Self.headroom
  }

  deinit { memory.deallocate() }
}
