/// Lines without text that are kept until it is known whether a record follows them.
///
/// They are kept as runs of equal lines, so that their number costs no memory.
struct EmptyLines: ~Copyable {
  /// Equal lines in a row.
  struct Run {
    /// Bytes of each without its line feed: 0, or 1 for a carriage return.
    let bytes: Int
    var count: Int
  }

  static let carriageReturn: UInt8 = 0x0D
  /// A part that alternates between the two kinds more often than this has no end of empty lines, but
  /// is malformed.
  private static let runsMax = 10_000

  private(set) var runs: [Run] = []
  /// Whether there are none.
  private(set) var isEmpty = true
  /// Memory for the text of one line, which a consumer may read past.
  let text: UnsafeMutablePointer<UInt8>

  init() {
    text = .allocate(capacity: 1 + Block.padding)
    text.initialize(repeating: 0, count: 1 + Block.padding)
  }

  deinit { text.deallocate() }

  /// Whether no more may be kept.
  var isFull: Bool { runs.count > Self.runsMax }

  /// Adds a line of that many bytes.
  mutating func add(bytes: Int) {
    isEmpty = false
    if let last = runs.indices.last, runs[last].bytes == bytes {
      runs[last].count += 1
    } else {
      runs.append(Run(bytes: bytes, count: 1))
    }
  }

  mutating func removeAll() {
    runs.removeAll(keepingCapacity: true)
    isEmpty = true
  }
}
