import Workers

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
    guard path.hasSuffix(".gz") else { return try plainBytes(file, path, bytesMax) }
    let resources = ReadingResources(budget: CoreBudget(cores: 1))
    return try bytes(GzipInflater(file, resources: resources), path, bytesMax)
  }

  private static func plainBytes(
    _ opened: consuming PartFile, _ path: String, _ bytesMax: Int
  ) throws(ReadingError) -> [UInt8] {
    var file = opened
    var bytes: [UInt8] = []
    while true {
      let chunk = InputChunk()
      chunk.count = try file.read(into: chunk.memory)
      if chunk.count == 0 { return bytes }
      bytes.append(contentsOf: chunk.bytes)
      try check(bytes.count, path, bytesMax)
    }
  }

  private static func check(
    _ count: Int, _ path: String, _ bytesMax: Int
  ) throws(ReadingError) {
    guard count <= bytesMax else {
      throw ReadingError(
        .inflatedTooLarge, file: path, message: "is larger than \(bytesMax) bytes.")
    }
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
      try check(bytes.count, path, bytesMax)
    }
  }
}
