import LedgerDomain

/// An identifier's place in the order of an index: a permutation of its bits, which spreads identifiers
/// of any kind evenly and from which the identifier follows.
public struct IdentifierKey: Hashable, Comparable, Sendable {
  /// The word that orders keys first.
  let high: UInt64
  let low: UInt64

  private static let firstRound: UInt64 = 0xA076_1D64_78BD_642F
  private static let secondRound: UInt64 = 0xE703_7ED1_A0B4_28DB

  init(high: UInt64, low: UInt64) {
    (self.high, self.low) = (high, low)
  }

  /// The key of an identifier: two rounds of a Feistel network, which can be undone.
  @inline(__always)
  init(_ uuid: LedgerUUID) {
    low = uuid.low ^ Fingerprint.mix(uuid.high, Self.firstRound)
    high = uuid.high ^ Fingerprint.mix(low, Self.secondRound)
  }

  /// The identifier.
  var uuid: LedgerUUID {
    let first = high ^ Fingerprint.mix(low, Self.secondRound)
    return LedgerUUID(high: first, low: low ^ Fingerprint.mix(first, Self.firstRound))
  }

  /// Orders keys as an index does.
  @inline(__always)
  public static func < (left: IdentifierKey, right: IdentifierKey) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }
}
