/// Decoded texts of the current record: references with escapes, which are rare.
struct TextArena: ~Copyable {
  private var texts: [UnsafeMutableBufferPointer<UInt8>] = []

  init() {}

  deinit {
    for text in texts { text.deallocate() }
  }

  /// A copy of a text that is valid until `removeAll`.
  mutating func keep(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.count)
    _ = copy.initialize(from: text)
    texts.append(copy)
    return UnsafeBufferPointer(copy)
  }

  /// Deallocates all texts.
  @inline(__always)
  mutating func removeAll() {
    if !texts.isEmpty { deallocateAll() }
  }

  @inline(never)
  private mutating func deallocateAll() {
    for text in texts { text.deallocate() }
    texts.removeAll(keepingCapacity: true)
  }
}
