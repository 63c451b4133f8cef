/// The bytes of another source, whose first ones can be looked at before they are read.
final class PeekingSource: ByteSource {
  /// How many bytes are looked at.
  static let headBytes = 64 << 10

  /// The first bytes: fewer than `headBytes` only if there are no more.
  let head: [UInt8]
  private let source: any ByteSource
  private var unread: ArraySlice<UInt8>

  init(_ source: any ByteSource) throws(StatementError) {
    var head: [UInt8] = []
    while head.count < Self.headBytes {
      let chunk = try source.read(bytesMax: Self.headBytes - head.count)
      if chunk.isEmpty { break }
      head.append(contentsOf: chunk)
    }
    self.head = head
    self.source = source
    unread = head[...]
  }

  var fault: StatementFault? { source.fault }

  func read(bytesMax: Int) throws(StatementError) -> [UInt8] {
    guard !unread.isEmpty else { return try source.read(bytesMax: bytesMax) }
    let chunk = unread.prefix(bytesMax)
    unread = unread.dropFirst(bytesMax)
    return Array(chunk)
  }
}
