import CZlib

/// Compresses bytes with zlib, piece by piece, through one fixed output buffer.
public final class DeflateStream {
  /// What surrounds the compressed data.
  public enum Format: Int32, Sendable {
    /// A gzip member, without time and name.
    case gzip = 31
    /// Nothing, as in a zip archive.
    case raw = -15
  }

  private static let outputBytes = 1 << 17
  private let stream: UnsafeMutablePointer<z_stream>
  private let output: UnsafeMutablePointer<UInt8>

  /// A stream at its start; `nil` if there is no memory, or zlib has no such level.
  public init?(_ format: Format, level: Int) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    output = .allocate(capacity: Self.outputBytes)
    guard tieout_deflate_init(stream, Int32(level), format.rawValue) == Z_OK else { return nil }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
    output.deallocate()
  }

  /// Compresses bytes, and passes on what is ready.
  public func deflate<Failure: Error>(
    _ bytes: UnsafeRawBufferPointer, into sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    try run(bytes, flush: Z_NO_FLUSH, into: sink)
  }

  /// Ends the data and passes on the rest of it; the next bytes begin anew.
  public func finish<Failure: Error>(
    into sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    try run(UnsafeRawBufferPointer(start: nil, count: 0), flush: Z_FINISH, into: sink)
    deflateReset(stream)
  }

  private func run<Failure: Error>(
    _ bytes: UnsafeRawBufferPointer, flush: Int32,
    into sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    let input = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.next_in = UnsafeMutablePointer(mutating: input)
    stream.pointee.avail_in = UInt32(bytes.count)
    repeat {
      stream.pointee.next_out = output
      stream.pointee.avail_out = UInt32(Self.outputBytes)
      let status = CZlib.deflate(stream, flush)
      precondition(status != Z_STREAM_ERROR, "nobody else changes the state of the stream")
      let written = Self.outputBytes - Int(stream.pointee.avail_out)
      try sink(UnsafeRawBufferPointer(start: output, count: written))
    } while stream.pointee.avail_out == 0
  }
}

/// Adds bytes to a CRC-32 as gzip and zip use it; begin with 0.
public func crc32(_ sum: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
  let data = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
  guard let data else { return sum }
  return UInt32(truncatingIfNeeded: CZlib.crc32(UInt(sum), data, UInt32(bytes.count)))
}
