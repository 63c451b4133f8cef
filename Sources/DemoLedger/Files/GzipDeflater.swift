import Deflation

/// Compresses a stream into gzip members.
final class GzipDeflater {
  private let stream: DeflateStream

  /// A deflater of that zlib level at the start of a member.
  init(level: Int) throws {
    guard let stream = DeflateStream(.gzip, level: level) else {
      throw DemoLedgerError("zlib cannot start compressing at level \(level); free some memory")
    }
    self.stream = stream
  }

  /// Compresses bytes into the sink.
  func deflate(_ bytes: UnsafeRawBufferPointer, into sink: FileSink) throws {
    try stream.deflate(bytes) { try sink.write($0) }
  }

  /// Ends the member; the next bytes begin another.
  func finishMember(into sink: FileSink) throws {
    try stream.finish { try sink.write($0) }
  }
}
