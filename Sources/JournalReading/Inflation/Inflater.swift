/// Turns the bytes of a part into the bytes of its records, one block at a time.
protocol Inflater: ~Copyable, SendableMetatype {
  /// The size of the file on disk, in bytes.
  var fileSize: Int { get }
  /// Fills a block with the next bytes, and attaches the pieces of the file that were used.
  ///
  /// The block is filled to capacity unless the end is reached; after the end it stays empty.
  mutating func inflate(into block: Block) throws(ReadingError)
}

/// A part that is not compressed.
struct PlainInflater: Inflater, ~Copyable {
  private var file: PartFile

  init(_ file: consuming PartFile) { self.file = file }

  var fileSize: Int { file.size }

  mutating func inflate(into block: Block) throws(ReadingError) {
    block.isFileContent = true
    block.count = 0
    while block.count < Block.capacity {
      let rest = UnsafeMutableRawBufferPointer(rebasing: block.space[block.count...])
      let count = try file.read(into: rest)
      if count == 0 { return }
      block.count += count
    }
  }
}

/// A gzip part of any number of members, each with its checksum and length verified.
///
/// It has what all inflating libraries share: finding where members begin and end, and detecting
/// truncated and trailing data.
struct GzipInflater: Inflater, ~Copyable {
  #if ISAL
    typealias Stream = IsalStream
  #else
    typealias Stream = ZlibStream
  #endif

  private var file: PartFile
  private var stream: Stream
  private let resources: ReadingResources
  private var chunk: InputChunk?
  private var membersFinished = 0
  private var isInsideMember = false
  private var isFileAtEnd = false

  init(_ file: consuming PartFile, resources: ReadingResources) throws(ReadingError) {
    guard let stream = Stream() else {
      throw ReadingError(
        .cannotRead, file: file.name,
        message: "there is not enough memory to inflate it. Free some memory, then run again.")
    }
    self.stream = stream
    self.file = file
    self.resources = resources
  }

  /// The reader's position in the file on disk, in bytes.
  private var fileOffset: Int { file.bytesRead - stream.inputLeft }
  var fileSize: Int { file.size }

  mutating func inflate(into block: Block) throws(ReadingError) {
    stream.setOutput(block.space)
    while stream.outputLeft > 0 {
      if stream.inputLeft == 0 && !isFileAtEnd { try refill(handing: block) }
      if !isInsideMember {
        if isFileAtEnd && stream.inputLeft == 0 { break }
        try beginMember()
      }
      try step()
    }
    block.count = Block.capacity - stream.outputLeft
    if isFileAtEnd && !isInsideMember && membersFinished == 0 {
      throw GzipFault.truncated(file: file.name, at: file.bytesRead)
    }
  }

  private mutating func refill(handing block: Block) throws(ReadingError) {
    if let chunk { block.chunks.append(chunk) }
    let next = resources.takeChunk()
    next.count = try file.read(into: next.memory)
    chunk = next.count > 0 ? next : nil
    isFileAtEnd = next.count == 0
    stream.setInput(next.bytes)
    // Not earlier: once returned, another part's reader may fill it.
    if isFileAtEnd { resources.giveBack([next]) }
  }

  private mutating func beginMember() throws(ReadingError) {
    if membersFinished > 0 && stream.nextByte != 0x1F {
      throw GzipFault.trailing(file: file.name, at: fileOffset)
    }
    stream.beginMember()
    isInsideMember = true
  }

  private mutating func step() throws(ReadingError) {
    let (inputBefore, outputBefore) = (stream.inputLeft, stream.outputLeft)
    switch stream.inflate() {
    case .finished:
      isInsideMember = false
      membersFinished += 1
    case .goesOn:
      // The library may still hold input after the end of the file.
      if isFileAtEnd && stream.outputLeft == outputBefore && stream.inputLeft == inputBefore {
        throw GzipFault.truncated(file: file.name, at: file.bytesRead)
      }
    case .notGzip where membersFinished > 0:
      throw GzipFault.trailing(file: file.name, at: fileOffset)
    case .notGzip:
      throw GzipFault.corrupt(file: file.name, at: fileOffset, reason: "it has no gzip header")
    case .corrupt(let reason):
      throw GzipFault.corrupt(file: file.name, at: fileOffset, reason: reason)
    }
  }
}

/// What a library reports after it has inflated as much as it could.
enum GzipStep {
  case goesOn
  case finished
  case notGzip
  case corrupt(String)
}

/// A library that inflates one gzip member after another.
protocol GzipStream: ~Copyable {
  init?()
  var inputLeft: Int { get }
  var outputLeft: Int { get }
  /// The next byte of input, if `inputLeft` is not 0.
  var nextByte: UInt8 { get }
  mutating func setInput(_ bytes: UnsafeRawBufferPointer)
  mutating func setOutput(_ space: UnsafeMutableRawBufferPointer)
  mutating func beginMember()
  mutating func inflate() -> GzipStep
}

/// The errors of gzip data, in the same words for every library.
enum GzipFault {
  static func truncated(file: String, at offset: Int) -> ReadingError {
    ReadingError(
      .truncatedGzip, file: file, byteOffset: offset,
      message: "the gzip data is truncated. Ask the exporter for the whole part.")
  }

  static func trailing(file: String, at offset: Int) -> ReadingError {
    ReadingError(
      .trailingData, file: file, byteOffset: offset,
      message: "other data follows the gzip data. Ask the exporter for the part again.")
  }

  static func corrupt(file: String, at offset: Int, reason: String) -> ReadingError {
    ReadingError(
      .corruptGzip, file: file, byteOffset: offset,
      message: "the gzip data is corrupt (\(reason)). Ask the exporter for the part again.")
  }
}
