import CZlib

/// Compresses a stream into gzip members, through one fixed output buffer.
final class GzipDeflater {
  private static let outputBytes = 1 << 17
  private let stream: UnsafeMutablePointer<z_stream>
  private let output: UnsafeMutablePointer<UInt8>

  /// A deflater of that zlib level at the start of a member.
  init(level: Int) throws {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    output = .allocate(capacity: Self.outputBytes)
    // 15 bits of window; 16 more ask zlib for a gzip header, which then holds no time and no name.
    guard tieout_deflate_init(stream, Int32(level), 15 + 16) == Z_OK else {
      throw DemoLedgerError("zlib cannot start compressing at level \(level); free some memory")
    }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
    output.deallocate()
  }

  /// Compresses bytes into the sink.
  func deflate(_ bytes: UnsafeRawBufferPointer, into sink: FileSink) throws {
    try run(bytes, flush: Z_NO_FLUSH, into: sink)
  }

  /// Ends the member; the next bytes begin another.
  func finishMember(into sink: FileSink) throws {
    try run(UnsafeRawBufferPointer(start: nil, count: 0), flush: Z_FINISH, into: sink)
    deflateReset(stream)
  }

  private func run(
    _ bytes: UnsafeRawBufferPointer, flush: Int32, into sink: FileSink
  ) throws {
    let input = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.next_in = UnsafeMutablePointer(mutating: input)
    stream.pointee.avail_in = UInt32(bytes.count)
    repeat {
      stream.pointee.next_out = output
      stream.pointee.avail_out = UInt32(Self.outputBytes)
      guard CZlib.deflate(stream, flush) != Z_STREAM_ERROR else {
        throw DemoLedgerError("zlib reports an inconsistent stream")
      }
      let written = Self.outputBytes - Int(stream.pointee.avail_out)
      try sink.write(UnsafeRawBufferPointer(start: output, count: written))
    } while stream.pointee.avail_out == 0
  }
}
