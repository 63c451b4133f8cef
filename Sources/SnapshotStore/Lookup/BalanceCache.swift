import LedgerDomain

/// A direct-mapped cache of balances: each key has one slot, and a newer entry replaces an older one.
///
/// It never grows and is never swept, since either would delay the look-up that triggers it.
struct BalanceCache {
  struct Key: Equatable {
    let tenant: Int64
    let balance: BalanceKey
    let date: BusinessDate

    /// The index of the key's slot among 2^`bits` slots.
    ///
    /// Source of the factor: D. E. Knuth, "The Art of Computer Programming", section 6.4: 2^64 divided
    /// by the golden ratio.
    fileprivate func slot(bits: Int) -> Int {
      let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
      let packed = UInt64(balance.packed) << 32 | UInt64(UInt32(bitPattern: date.dayNumber))
      let mixed = (packed ^ (UInt64(bitPattern: tenant) &* factor)) &* factor
      return Int(((mixed ^ mixed >> 32) &* factor) >> UInt64(64 - bits))
    }
  }

  private struct Entry {
    let key: Key
    /// `nil` if there is no such balance.
    let totals: DebitCreditTotals?
    let generation: Int
  }

  private static let bits = 17
  private var slots: [Entry?] = []
  private var generation = 0

  /// The cached balance of a key: `.some(nil)` if it is known to have none, `nil` if it is not cached.
  func totals(_ key: Key) -> DebitCreditTotals?? {
    guard !slots.isEmpty, let entry = slots[key.slot(bits: Self.bits)],
      entry.generation == generation, entry.key == key
    else { return nil }
    return entry.totals
  }

  mutating func store(_ totals: DebitCreditTotals?, for key: Key) {
    if slots.isEmpty { slots = Array(repeating: nil, count: 1 << Self.bits) }
    slots[key.slot(bits: Self.bits)] = Entry(key: key, totals: totals, generation: generation)
  }

  /// Drops all entries, in constant time.
  mutating func invalidate() { generation += 1 }
}
