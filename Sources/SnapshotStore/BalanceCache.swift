import LedgerDomain

/// Balances that were asked for, each in the one place that its question leads to: a newer one takes the place of
/// an older.
///
/// It never grows and is never tidied up, either of which would keep whoever asks at that moment waiting.
struct BalanceCache {
  struct Question: Equatable {
    let tenant: Int64
    let key: BalanceKey
    let date: BusinessDate

    /// A place in a list of 2^`bits`.
    ///
    /// Source of the factor: D. E. Knuth, "The Art of Computer Programming", section 6.4: 2^64 by the golden
    /// ratio.
    fileprivate func place(bits: Int) -> Int {
      let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
      let asked = UInt64(key.packed) << 32 | UInt64(UInt32(bitPattern: date.dayNumber))
      let mixed = (asked ^ (UInt64(bitPattern: tenant) &* factor)) &* factor
      return Int(((mixed ^ mixed >> 32) &* factor) >> UInt64(64 - bits))
    }
  }

  private struct Remembered {
    let question: Question
    /// `nil` if there is no such balance.
    let totals: DebitCreditTotals?
    let generation: Int
  }

  private static let bits = 17
  private var places: [Remembered?] = []
  private var generation = 0

  /// What was remembered of a question; `nil` if nothing was.
  func totals(_ question: Question) -> DebitCreditTotals?? {
    guard !places.isEmpty, let known = places[question.place(bits: Self.bits)],
      known.generation == generation, known.question == question
    else { return nil }
    return known.totals
  }

  mutating func remember(_ totals: DebitCreditTotals?, of question: Question) {
    if places.isEmpty { places = Array(repeating: nil, count: 1 << Self.bits) }
    places[question.place(bits: Self.bits)] = Remembered(
      question: question, totals: totals, generation: generation)
  }

  mutating func forgetAll() { generation += 1 }
}
