/// Mixes words into 64-bit fingerprints: equal content gives equal fingerprints in every run.
///
/// It tells contents apart; it is no protection against somebody who builds collisions on purpose.
/// What must be exact (identifiers) is compared exactly, and what must be tamper-evident has SHA-256.
public enum Fingerprint {
  /// Folds the 128-bit product of the two words, each first offset by an odd constant.
  @inlinable
  @inline(__always)
  public static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = (left ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(
      by: right ^ 0xD1B5_4A32_D192_ED03)
    return product.high ^ product.low
  }

  /// The fingerprint of a stretch of bytes.
  ///
  /// - Parameters:
  ///   - bytes: where they begin; no byte past `count` is read.
  ///   - count: how many; not negative.
  @inlinable
  public static func of(_ bytes: UnsafePointer<UInt8>, count: Int) -> UInt64 {
    var state = mix(UInt64(truncatingIfNeeded: count), 0x2545_F491_4F6C_DD1D)
    var position = 0
    while position + 8 <= count {
      let word = UnsafeRawPointer(bytes + position).loadUnaligned(as: UInt64.self)
      state = mix(state, word)
      position += 8
    }
    var tail: UInt64 = 0
    while position < count {
      tail = tail << 8 | UInt64(bytes[position])
      position += 1
    }
    return mix(state, tail)
  }
}
