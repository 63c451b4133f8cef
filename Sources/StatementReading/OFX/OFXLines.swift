/// The lines of positions in a document.
///
/// - Complexity: linear in the distance from the position that was asked for before.
struct OFXLines {
  private let bytes: [UInt8]
  private var offset = 0
  private var line = 1

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The line of a position, from 1.
  mutating func line(at position: Int) -> Int {
    let end = min(position, bytes.count)
    if end >= offset {
      line += bytes[offset..<end].count { $0 == 0x0A }
    } else {
      line -= bytes[end..<offset].count { $0 == 0x0A }
    }
    offset = end
    return line
  }
}
