import Workers

/// Reads files that may be compressed: those that are gzip are inflated, whatever their names.
public enum InflatedFile {
  /// Reads a whole file into memory: a manifest, a chart, opening balances.
  ///
  /// - Parameter bytesMax: the most bytes that it may have once inflated.
  /// - Throws: `ReadingError` if the file cannot be read or is larger.
  public static func bytes(
    at path: String, bytesMax: Int = 256 << 20
  ) throws(ReadingError) -> [UInt8] {
    var bytes: [UInt8] = []
    try forEachBlock(at: path, name: path, bytesMax: bytesMax) { block in
      bytes.append(contentsOf: block)
    }
    return bytes
  }

  /// Reads a file of any size, and passes its contents to `body` block by block.
  ///
  /// - Parameters:
  ///   - name: how errors refer to the file.
  ///   - bytesMax: the most bytes that it may have once inflated.
  ///   - body: receives each block, which is valid until it returns.
  /// - Throws: `ReadingError` if the file cannot be read or is larger, or what `body` throws.
  public static func forEachBlock(
    at path: String, name: String, bytesMax: Int,
    _ body: (UnsafeBufferPointer<UInt8>) throws(ReadingError) -> Void
  ) throws(ReadingError) {
    var file = try PartFile(path: path, name: name)
    switch try Compression.of(&file, path: path) {
    case .none: try forEachBlock(PlainInflater(file), name, bytesMax, body)
    case .gzip:
      let resources = ReadingResources(budget: CoreBudget(cores: 1))
      try forEachBlock(GzipInflater(file, resources: resources), name, bytesMax, body)
    }
  }

  private static func forEachBlock(
    _ source: consuming some Inflater & ~Copyable, _ name: String, _ bytesMax: Int,
    _ body: (UnsafeBufferPointer<UInt8>) throws(ReadingError) -> Void
  ) throws(ReadingError) {
    var inflater = source
    let block = Block()
    var total = 0
    while true {
      try inflater.inflate(into: block)
      block.chunks = []
      if block.count == 0 { return }
      total += block.count
      guard total <= bytesMax else {
        throw ReadingError(
          .inflatedTooLarge, file: name,
          message: "is larger than \(bytesMax) bytes. Check that it is the right file.")
      }
      try body(UnsafeBufferPointer(start: block.start, count: block.count))
    }
  }
}
