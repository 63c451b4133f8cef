/// A version 4 UUID that is derived from numbers rather than from chance.
struct DemoIdentifier: Hashable, Sendable {
  /// The first eight bytes.
  let high: UInt64
  /// The last eight bytes.
  let low: UInt64

  /// The UUID of 128 bits, with its version and variant set.
  init(high: UInt64, low: UInt64) {
    self.high = (high & ~0xF000) | 0x4000
    self.low = (low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000
  }

  /// The next UUID of a generator.
  init(from generator: inout SeededGenerator) {
    let high = generator.next()
    self.init(high: high, low: generator.next())
  }

  /// The UUID of the member of a population: always the same for the same seed and index.
  init(seed: UInt64, index: Int) {
    let high = SeededGenerator.mixed(seed, UInt64(index))
    self.init(high: high, low: SeededGenerator.mixed(high, seed))
  }

  /// The 36 characters, lower case.
  var text: String {
    let buffer = ByteBuffer()
    buffer.append(self)
    return buffer.text
  }
}
