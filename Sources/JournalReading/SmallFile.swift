/// Reads files that are small enough to be held in memory: manifests, charts, opening balances.
public enum SmallFile {
  /// The file's bytes; inflated, if its name ends in `.gz`.
  ///
  /// - Parameter bytesMax: how many bytes it may have.
  /// - Throws: `ReadingError` if it cannot be read or is larger.
  public static func bytes(
    at path: String, bytesMax: Int = 256 << 20
  ) throws(ReadingError) -> [UInt8] {
    let file = try PartFile(path: path, name: path)
    guard path.hasSuffix(".gz") else { return try bytes(PlainInflater(file), path, bytesMax) }
    return try bytes(GzipInflater(file, pool: ChunkPool()), path, bytesMax)
  }

  private static func bytes(
    _ source: consuming some Inflater & ~Copyable, _ path: String, _ bytesMax: Int
  ) throws(ReadingError) -> [UInt8] {
    var inflater = source
    var bytes: [UInt8] = []
    let block = Block()
    while true {
      try inflater.inflate(into: block)
      if block.count == 0 { return bytes }
      bytes.append(contentsOf: block.space[..<block.count])
      guard bytes.count <= bytesMax else {
        throw ReadingError(
          .inflatedTooLarge, file: path, message: "is larger than \(bytesMax) bytes.")
      }
    }
  }
}
