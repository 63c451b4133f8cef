/// Turns the bytes of a part into the bytes of its records, one stretch at a time.
protocol Inflater: ~Copyable {
  /// Where the reader stands in the file on disk, in bytes.
  var fileOffset: Int { get }
  /// The SHA-256 of the file, once it was read to its end.
  func sha256() -> String
  /// Fills memory with the next bytes.
  ///
  /// - Returns: how many there were; fewer than the memory holds only at the end, 0 behind it.
  mutating func inflate(
    into memory: UnsafeMutableRawBufferPointer
  ) throws(ReadingError) -> Int
}

/// A part that is not compressed.
struct PlainInflater: Inflater, ~Copyable {
  private var file: PartFile

  init(_ file: consuming PartFile) { self.file = file }

  var fileOffset: Int { file.bytesRead }
  func sha256() -> String { file.sha256() }

  mutating func inflate(
    into memory: UnsafeMutableRawBufferPointer
  ) throws(ReadingError) -> Int {
    var filled = 0
    while filled < memory.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: memory[filled...])
      let count = try file.read(into: rest)
      if count == 0 { break }
      filled += count
    }
    return filled
  }
}
