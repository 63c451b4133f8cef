@testable import StatementReading

/// Bytes of an array, a few at a time.
final class Trickle: ByteSource {
  private var rest: ArraySlice<UInt8>
  private let count: Int

  init(_ bytes: [UInt8], count: Int) {
    rest = bytes[...]
    self.count = count
  }

  func read(bytesMax: Int) -> [UInt8] {
    let chunk = rest.prefix(min(count, bytesMax))
    rest = rest.dropFirst(chunk.count)
    return Array(chunk)
  }
}
