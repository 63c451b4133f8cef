/// The physical records of a file, one after the other.
///
/// Most banks write one on a line. Others write records of a fixed length without line ends, or
/// several records on a line, each of which ends with a slash.
struct BAI2PhysicalRecords {
  /// How records are told apart.
  enum Layout: Equatable {
    /// Each line is one.
    case lines
    /// Each has that many bytes; there are no line ends.
    case length(Int)
    /// A slash ends one if another's code follows it; lines end them, too.
    case slashes
  }

  /// The bytes of the file.
  let bytes: [UInt8]
  private let layout: Layout
  private var position = 0
  private var nextLine = 1
  private var lineEnd: Int?

  init(_ bytes: [UInt8], layout: Layout) {
    self.bytes = bytes
    self.layout = layout
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The next one that is not blank, without the blanks around it, and the line it is on.
  mutating func next() -> (range: Range<Int>, line: Int)? {
    while position < bytes.count {
      let start = position
      let line = nextLine
      let end = cut()
      let range = Self.trimmed(bytes, start..<end)
      if !range.isEmpty { return (range, line) }
    }
    return nil
  }

  /// The end of the record that begins at `position`, which then is the start of the next one.
  private mutating func cut() -> Int {
    switch layout {
    case .lines: return cutLine()
    case .length(let length):
      let end = min(bytes.count, position + length)
      position = end
      nextLine += 1
      return end
    case .slashes: return cutAtSlash()
    }
  }

  private mutating func cutLine() -> Int {
    let end = bytes[position...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
    position = end
    skipLineEnd()
    return end
  }

  private mutating func skipLineEnd() {
    guard position < bytes.count else { return }
    let isReturn = bytes[position] == 0x0D
    position += 1
    if isReturn, position < bytes.count, bytes[position] == 0x0A { position += 1 }
    nextLine += 1
  }

  private mutating func cutAtSlash() -> Int {
    let end =
      lineEnd ?? bytes[position...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
    lineEnd = end
    var index = position
    while index < end {
      if bytes[index] == UInt8(ascii: "/"), Self.codeFollows(bytes, index + 1..<end) {
        position = index + 1
        return position
      }
      index += 1
    }
    lineEnd = nil
    position = end
    skipLineEnd()
    return end
  }

  /// Whether blanks, then a record's code and a comma begin the range.
  private static func codeFollows(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var start = range.lowerBound
    while start < range.upperBound, isBlank(bytes[start]) { start += 1 }
    return BAI2RecordCode.leading(bytes, start..<range.upperBound) != nil
      && bytes[start + 2] == UInt8(ascii: ",")
  }

  /// The range without blanks at its ends.
  static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, isBlank(bytes[start]) { start += 1 }
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  /// Spaces, tabs, and what fills the end of a block: NUL and the end-of-file character of DOS.
  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x00 || byte == 0x1A || byte == 0x0A || byte == 0x0D
  }
}
