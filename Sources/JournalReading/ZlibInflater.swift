import CZlib

/// A gzip part, inflated by zlib: any number of members, checksum and length of each checked.
struct ZlibInflater: Inflater, ~Copyable {
  private static let inputBytes = 128 * 1024

  private var file: PartFile
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableRawBufferPointer
  private var membersFinished = 0
  private var isInsideMember = false
  private var hasReachedEnd = false

  init(_ file: consuming PartFile) throws(ReadingError) {
    let name = file.name
    self.file = file
    input = .allocate(byteCount: Self.inputBytes, alignment: 64)
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let gzipOnly: Int32 = 15 + 16
    guard tieout_inflate_init(stream, gzipOnly) == Z_OK else {
      throw ReadingError(.cannotRead, file: name, message: "zlib has no memory to inflate it.")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  var fileOffset: Int { file.bytesRead - Int(stream.pointee.avail_in) }
  func sha256() -> String { file.sha256() }

  mutating func inflate(
    into memory: UnsafeMutableRawBufferPointer
  ) throws(ReadingError) -> Int {
    let start = memory.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.next_out = start
    stream.pointee.avail_out = UInt32(memory.count)
    while stream.pointee.avail_out > 0 && !hasReachedEnd {
      if stream.pointee.avail_in == 0 { try refill() }
      if hasReachedEnd { break }
      try step()
    }
    return memory.count - Int(stream.pointee.avail_out)
  }

  private mutating func refill() throws(ReadingError) {
    let count = try file.read(into: input)
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(count)
    guard count == 0 else { return }
    guard membersFinished > 0, !isInsideMember else {
      throw GzipFault.truncated(file: file.name, at: file.bytesRead)
    }
    hasReachedEnd = true
  }

  private mutating func step() throws(ReadingError) {
    if !isInsideMember {
      if membersFinished > 0 { inflateReset(stream) }
      isInsideMember = true
    }
    let before = fileOffset
    switch CZlib.inflate(stream, Z_NO_FLUSH) {
    case Z_OK, Z_BUF_ERROR: return
    case Z_STREAM_END:
      isInsideMember = false
      membersFinished += 1
    case Z_MEM_ERROR:
      throw ReadingError(.cannotRead, file: file.name, message: "zlib has no memory to inflate it.")
    default:
      let isAtMemberStart = stream.pointee.total_out == 0 && stream.pointee.total_in <= 18
      let reason = stream.pointee.msg.map { String(cString: $0) } ?? "invalid data"
      if membersFinished > 0 && isAtMemberStart && reason == "incorrect header check" {
        throw GzipFault.trailing(file: file.name, at: before)
      }
      throw GzipFault.corrupt(file: file.name, at: fileOffset, reason: reason)
    }
  }
}

/// The three ways in which gzip data is wrong, worded the same for every inflater.
enum GzipFault {
  static func truncated(file: String, at offset: Int) -> ReadingError {
    ReadingError(
      .truncatedGzip, file: file, byteOffset: offset,
      message: "the gzip data ends in the middle. Ask the exporter for the whole part.")
  }

  static func trailing(file: String, at offset: Int) -> ReadingError {
    ReadingError(
      .trailingData, file: file, byteOffset: offset,
      message: "something that is not gzip follows the gzip data. Ask the exporter for the part again.")
  }

  static func corrupt(file: String, at offset: Int, reason: String) -> ReadingError {
    ReadingError(
      .corruptGzip, file: file, byteOffset: offset,
      message: "the gzip data is corrupt (\(reason)). Ask the exporter for the part again.")
  }
}
