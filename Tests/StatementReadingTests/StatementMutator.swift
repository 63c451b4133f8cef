/// Damages samples at random; the same seed gives the same files.
///
/// It changes, removes, repeats and inserts bytes, exchanges pieces between samples, and cuts files off.
struct StatementMutator {
  private let samples: [[UInt8]]
  private var state: UInt64

  init(samples: [[UInt8]], seed: UInt64) {
    precondition(samples.contains { !$0.isEmpty }, "there is a sample to damage")
    self.samples = samples.filter { !$0.isEmpty }
    state = seed
  }

  /// The next damaged file.
  mutating func next() -> [UInt8] {
    var bytes = samples[below(samples.count)]
    for _ in 0...below(4) where !bytes.isEmpty { damage(&bytes) }
    return bytes
  }

  private mutating func damage(_ bytes: inout [UInt8]) {
    let range = range(in: bytes)
    switch below(7) {
    case 0: bytes[range.lowerBound] ^= 1 << UInt8(below(8))
    case 1: bytes[range.lowerBound] = UInt8(below(256))
    case 2: bytes.removeSubrange(range)
    case 3: bytes.insert(contentsOf: bytes[range], at: range.upperBound)
    case 4:
      let other = samples[below(samples.count)]
      bytes.replaceSubrange(range, with: other[self.range(in: other)])
    case 5: bytes.removeSubrange(range.lowerBound...)
    default:
      let marks = Array(":-,./{}?+0129CDRN\r\n".utf8)
      bytes.insert(marks[below(marks.count)], at: range.lowerBound)
    }
  }

  /// A range of one to 64 bytes.
  private mutating func range(in bytes: [UInt8]) -> Range<Int> {
    let start = below(bytes.count)
    return start..<min(bytes.count, start + 1 + below(64))
  }

  /// A number from 0 to less than the bound, by SplitMix64.
  private mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((value ^ (value >> 31)) % UInt64(bound))
  }
}
