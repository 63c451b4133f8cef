import CZlib

/// Why zlib would not compress.
public struct GzipWritingFault: Error {
  /// The status that zlib returned.
  public let status: Int32
}

/// Writes gzip data for tests.
public enum Gzip {
  /// One member that holds the bytes.
  ///
  /// - Parameter level: 0 (stored) to 9.
  public static func member(_ bytes: some Collection<UInt8>, level: Int32 = 6) throws -> [UInt8] {
    var stream = z_stream()
    let gzipFormat: Int32 = 15 + 16
    var status = tieout_deflate_init(&stream, level, gzipFormat)
    guard status == Z_OK else { throw GzipWritingFault(status: status) }
    defer { deflateEnd(&stream) }
    var input = Array(bytes)
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(input.count))))
    let capacity = output.count
    input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(capacity)
        status = deflate(&stream, Z_FINISH)
      }
    }
    guard status == Z_STREAM_END else { throw GzipWritingFault(status: status) }
    return Array(output[..<(capacity - Int(stream.avail_out))])
  }
}
