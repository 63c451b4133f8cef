import CZlib

/// Inflates deflate data through zlib, as it comes.
final class InflateStream {
  enum Wrapping: Int32 {
    /// One member of a gzip file, whose checksum and length zlib verifies.
    case gzip = 31
    /// No header and no checksum, as in a zip archive.
    case raw = -15
  }

  enum Step {
    /// There is more, once input or space is given.
    case goesOn
    /// The data has ended.
    case finished
    /// The data is none, for a reason that zlib names.
    case corrupt(String)
  }

  private let stream: UnsafeMutablePointer<z_stream>

  /// - Returns: `nil` if there is no memory.
  init?(_ wrapping: Wrapping) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard tieout_inflate_init(stream, wrapping.rawValue) == Z_OK else {
      stream.deallocate()
      return nil
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Prepares for another member.
  func reset() { inflateReset(stream) }

  /// Inflates the beginning of `input`, and removes what was used of it.
  ///
  /// - Returns: at most `bytesMax` bytes, and what is next.
  func inflate(_ input: inout ArraySlice<UInt8>, bytesMax: Int) -> (bytes: [UInt8], step: Step) {
    var step = Step.goesOn
    var inputLeft = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: bytesMax) { output, count in
      input.withUnsafeBufferPointer { input in
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(output.count)
        step = Self.step(CZlib.inflate(stream, Z_NO_FLUSH), stream)
        inputLeft = Int(stream.pointee.avail_in)
        count = output.count - Int(stream.pointee.avail_out)
      }
    }
    input = input.suffix(inputLeft)
    return (bytes, step)
  }

  private static func step(_ code: Int32, _ stream: UnsafeMutablePointer<z_stream>) -> Step {
    switch code {
    case Z_OK, Z_BUF_ERROR: .goesOn
    case Z_STREAM_END: .finished
    default: .corrupt(stream.pointee.msg.map { String(cString: $0) } ?? "invalid data")
    }
  }
}
