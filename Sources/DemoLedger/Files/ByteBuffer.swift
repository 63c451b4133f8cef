/// A growing run of bytes into which records are formatted by hand, without a `String` per value.
final class ByteBuffer {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// How many bytes it holds.
  private(set) var count = 0

  /// An empty buffer with room for this many bytes before it grows.
  init(capacity: Int = 1024) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit {
    base.deallocate()
  }

  /// The bytes; valid until the next change.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  /// The bytes as text.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Forgets the bytes and keeps the room.
  func removeAll() {
    count = 0
  }

  /// Removes bytes from the end.
  func removeLast(_ removed: Int) {
    count -= removed
  }

  @inline(__always)
  private func makeRoom(_ wanted: Int) {
    if count + wanted > capacity { grow(wanted) }
  }

  @inline(never)
  private func grow(_ wanted: Int) {
    capacity = max(capacity * 2, count + wanted)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }
}

extension ByteBuffer {
  /// Appends one byte.
  func append(_ byte: UInt8) {
    makeRoom(1)
    base[count] = byte
    count += 1
  }

  /// Appends a literal.
  func append(_ literal: StaticString) {
    let length = literal.utf8CodeUnitCount
    makeRoom(length)
    (base + count).update(from: literal.utf8Start, count: length)
    count += length
  }

  /// Appends bytes as they are.
  func append(_ other: [UInt8]) {
    makeRoom(other.count)
    other.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      (base + count).update(from: start, count: source.count)
    }
    count += other.count
  }

  /// Appends a text as UTF-8; for what is written rarely.
  func append(text: String) {
    append(Array(text.utf8))
  }

  /// Appends a number that is not negative in decimal digits.
  func append(number: Int) {
    var width = 1
    var rest = number / 10
    while rest > 0 {
      width += 1
      rest /= 10
    }
    append(number: number, width: width)
  }

  /// Appends a number that is not negative in exactly this many digits.
  func append(number: Int, width: Int) {
    makeRoom(width)
    var rest = UInt(number)
    var position = count + width
    while position > count {
      position -= 1
      base[position] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
      rest /= 10
    }
    count += width
  }

  /// Appends the 36 characters of a UUID.
  func append(_ identifier: DemoIdentifier) {
    makeRoom(36)
    let digits: StaticString = "0123456789abcdef"
    var position = count
    for index in 0..<32 {
      if index == 8 || index == 12 || index == 16 || index == 20 {
        base[position] = 0x2D
        position += 1
      }
      let half = index < 16 ? identifier.high : identifier.low
      let nibble = Int((half >> UInt64(60 - (index & 15) * 4)) & 15)
      base[position] = digits.utf8Start[nibble]
      position += 1
    }
    count = position
  }
}
