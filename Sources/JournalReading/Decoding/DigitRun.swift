/// The decimal digits with which eight bytes of text begin, read side by side.
///
///     DigitRun(text)        // "1250\",\"c"
///       .count              // 4
///       .integer            // 1250
struct DigitRun {
  private static let marks: UInt64 = 0x8080_8080_8080_8080

  /// The digits' values, the first in the lowest byte, and whatever follows them.
  private let values: UInt64
  /// How many there are: 0 to 8, and 8 if more follow.
  let count: Int

  /// The digits at `bytes`, where eight bytes must be readable.
  @inline(__always)
  init(_ bytes: JSONScanner.Bytes) {
    values = JSONScanner.word(bytes) ^ 0x3030_3030_3030_3030
    // The sum marks bytes above 9. A carry can only mark bytes above the first of them.
    let others = ((values &+ 0x7676_7676_7676_7676) | values) & Self.marks
    count = others.trailingZeroBitCount >> 3
  }

  /// The number that the digits write; 1 to 7 digits.
  @inline(__always)
  var integer: UInt64 { Self.number(values &<< UInt64(64 &- count &* 8)) }

  /// The digits as decimals in units of 10^−9; 1 to 7 digits.
  @inline(__always)
  var nanoseconds: UInt32 {
    let first = values & ((1 &<< UInt64(count &* 8)) &- 1)
    return UInt32(truncatingIfNeeded: Self.number(first) &* 10)
  }

  /// The number of eight digits; each step adds neighbours up.
  @inline(__always)
  private static func number(_ digits: UInt64) -> UInt64 {
    let pairs = ((digits &* 0xA01) >> 8) & 0x00FF_00FF_00FF_00FF
    let fours = ((pairs &* 0x64_0001) >> 16) & 0x0000_FFFF_0000_FFFF
    return (fours &* 0x2710_0000_0001) >> 32
  }
}
