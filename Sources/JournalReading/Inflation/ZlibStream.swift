import CZlib

/// gzip through zlib.
struct ZlibStream: GzipStream, ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>

  init?() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let gzipOnly: Int32 = 15 + 16
    if tieout_inflate_init(stream, gzipOnly) != Z_OK {
      stream.deallocate()
      return nil
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  var inputLeft: Int { Int(stream.pointee.avail_in) }
  var outputLeft: Int { Int(stream.pointee.avail_out) }
  var nextByte: UInt8 { stream.pointee.next_in.pointee }

  mutating func setInput(_ bytes: UnsafeRawBufferPointer) {
    let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.next_in = UnsafeMutablePointer(mutating: start)
    stream.pointee.avail_in = UInt32(bytes.count)
  }

  mutating func setOutput(_ space: UnsafeMutableRawBufferPointer) {
    stream.pointee.next_out = space.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(space.count)
  }

  mutating func beginMember() { inflateReset(stream) }

  mutating func inflate() -> GzipStep {
    switch CZlib.inflate(stream, Z_NO_FLUSH) {
    case Z_OK, Z_BUF_ERROR: return .goesOn
    case Z_STREAM_END: return .finished
    default:
      let reason = stream.pointee.msg.map { String(cString: $0) } ?? "invalid data"
      return reason == "incorrect header check" ? .notGzip : .corrupt(reason)
    }
  }
}
