import CZlib

/// Makes gzip data, right or wrong.
enum Gzip {
  struct Failed: Error {}

  /// One gzip member that inflates to these bytes.
  static func member(_ bytes: [UInt8]) throws -> [UInt8] {
    var stream = z_stream()
    guard tieout_deflate_init(&stream, 6, 15 + 16) == Z_OK else { throw Failed() }
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count / 500 + bytes.count + 128)
    let status = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        return deflate(&stream, Z_FINISH)
      }
    }
    guard status == Z_STREAM_END else { throw Failed() }
    return Array(output.prefix(Int(stream.total_out)))
  }
}
