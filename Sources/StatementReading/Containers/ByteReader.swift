/// Little-endian numbers of a byte array, within its bounds.
struct ByteReader {
  private let bytes: ArraySlice<UInt8>
  /// The index of the next byte.
  private(set) var position: Int

  /// Reads a range of bytes; `nil` if it is not within them.
  init?(_ bytes: [UInt8], from start: Int, count: Int? = nil) {
    guard start >= 0, start <= bytes.count else { return nil }
    let count = count ?? bytes.count - start
    guard count >= 0, count <= bytes.count - start else { return nil }
    self.bytes = bytes[start..<(start + count)]
    position = start
  }

  /// How many bytes are left.
  var bytesLeft: Int { bytes.endIndex - position }

  /// The next number of so many bytes; `nil` if there are fewer, or it exceeds 2^63 − 1.
  mutating func number(_ count: Int) -> Int? {
    guard let digits = slice(count) else { return nil }
    var value: UInt64 = 0
    for byte in digits.reversed() { value = value << 8 | UInt64(byte) }
    return Int(exactly: value)
  }

  /// The next bytes; `nil` if there are fewer.
  mutating func slice(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= bytesLeft else { return nil }
    defer { position += count }
    return bytes[position..<(position + count)]
  }

  /// Whether the next bytes are these, which are then passed over.
  mutating func skip(_ expected: [UInt8]) -> Bool {
    guard bytes[position...].starts(with: expected) else { return false }
    position += expected.count
    return true
  }
}
