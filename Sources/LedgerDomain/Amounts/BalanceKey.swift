/// What a tenant's balance is kept for: an account, a currency and a layer.
///
/// The key is packed into 31 bits whose numeric order is the order of the three codes as text,
/// so that sorting keys sorts rows as the store and the reports do.
public struct BalanceKey: Hashable, Comparable, Sendable {
  /// Account (14 bits), currency (15 bits), layer (2 bits).
  public let packed: UInt32

  /// The key with these packed bits, as `packed` gave them.
  public init(packed: UInt32) {
    self.packed = packed
  }

  /// Creates the key.
  public init(account: AccountCode, currency: CurrencyCode, layer: EntryLayer) {
    self.packed =
      UInt32(account.number) << 17 | UInt32(currency.packed) << 2 | UInt32(layer.rawValue)
  }

  /// The account.
  public var account: AccountCode { AccountCode(number: UInt16(packed >> 17)) }
  /// The currency.
  public var currency: CurrencyCode {
    CurrencyCode(packed: UInt16(truncatingIfNeeded: packed >> 2) & 0x7FFF)
  }
  /// The layer.
  public var layer: EntryLayer {
    guard let layer = EntryLayer(rawValue: UInt8(truncatingIfNeeded: packed & 3)) else {
      preconditionFailure("a balance key holds one of three layers")
    }
    return layer
  }
  /// The currency and layer alone: debits must equal credits in each pair.
  public var pair: CurrencyLayer { CurrencyLayer(packed: UInt32(packed & 0x1FFFF)) }

  /// Orders values as the store sorts rows.
  public static func < (left: BalanceKey, right: BalanceKey) -> Bool { left.packed < right.packed }
}

extension BalanceKey: CustomStringConvertible {
  /// For a sentence: `1100 USD SETTLED`.
  public var description: String { "\(account) \(currency) \(layer.code)" }
}

/// A currency and a layer: the pair within which debits must equal credits.
public struct CurrencyLayer: Hashable, Comparable, Sendable {
  /// Currency (15 bits), layer (2 bits).
  public let packed: UInt32

  /// The pair with these packed bits.
  public init(packed: UInt32) {
    self.packed = packed
  }

  /// Creates the pair.
  public init(currency: CurrencyCode, layer: EntryLayer) {
    self.packed = UInt32(currency.packed) << 2 | UInt32(layer.rawValue)
  }

  /// The currency.
  public var currency: CurrencyCode { CurrencyCode(packed: UInt16(packed >> 2)) }
  /// The layer.
  public var layer: EntryLayer { BalanceKey(packed: packed).layer }

  /// Orders values as the store sorts rows.
  public static func < (left: CurrencyLayer, right: CurrencyLayer) -> Bool {
    left.packed < right.packed
  }
}

extension CurrencyLayer: CustomStringConvertible {
  /// For a sentence: `USD SETTLED`.
  public var description: String { "\(currency) \(layer.code)" }
}
