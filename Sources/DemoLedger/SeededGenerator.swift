/// A small random number generator (xoshiro256**) whose whole state is its seed.
///
/// Source: David Blackman and Sebastiano Vigna, "Scrambled Linear Pseudorandom Number Generators".
struct SeededGenerator {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// A generator whose numbers depend on the seed alone.
  init(seed: UInt64) {
    let first = Self.mixed(seed, 1)
    state = (first, Self.mixed(first, 2), Self.mixed(first, 3), Self.mixed(first, 4) | 1)
  }

  /// The next 64 random bits.
  mutating func next() -> UInt64 {
    let product = state.1 &* 5
    let result = ((product << 7) | (product >> 57)) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = (state.3 << 45) | (state.3 >> 19)
    return result
  }

  /// A number from 0 up to, not including, the bound.
  mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number of the range.
  mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// Whether something that happens this many times in a thousand happens now.
  mutating func happens(perMille: Int) -> Bool {
    below(1000) < perMille
  }

  /// Two numbers mixed into one that looks unrelated to both (the finalizer of SplitMix64).
  static func mixed(_ seed: UInt64, _ salt: UInt64) -> UInt64 {
    var value = seed &+ (salt &+ 1) &* 0x9E37_79B9_7F4A_7C15
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
