public import LedgerDomain

/// Which earlier closed dates' balances a close's backdated entries change, and to what.
public enum RestatementPlan {
  /// The new versions, in the order of key and date.
  ///
  /// - Parameters:
  ///   - date: the business date; it is closed anew anyway and needs no restatement.
  ///   - firstDate: the tenant's first closed date; earlier movements count from it on.
  ///   - movements: what this close's entries moved, in the order of key and effective date.
  ///   - current: the balance of a key at a closed date as the books have it; `nil` for none.
  /// - Throws: `BalanceOverflow` if a sum passes 2^63 − 1; whatever `current` throws.
  /// - Complexity: O(keys with backdated movements × dates they reach back).
  public static func restatements(
    date: BusinessDate, firstDate: BusinessDate, movements: [Movement],
    current: (BalanceKey, BusinessDate) throws -> DebitCreditTotals?
  ) throws -> [Restatement] {
    var restatements: [Restatement] = []
    var start = movements.startIndex
    while start < movements.endIndex {
      let key = movements[start].key
      let end = movements[start...].firstIndex { $0.key != key } ?? movements.endIndex
      let backdated = movements[start..<end].prefix { $0.effectiveDate < date }
      start = end
      guard let earliest = backdated.first?.effectiveDate else { continue }
      var next = backdated.startIndex
      var change = DebitCreditTotals.zero
      var day = max(earliest, firstDate)
      while day < date {
        while next < backdated.endIndex, backdated[next].effectiveDate <= day {
          change = try change.adding(backdated[next].totals, of: key, asOf: day)
          next += 1
        }
        let before = try current(key, day)
        if before == nil || change != .zero {
          let after = try (before ?? .zero).adding(change, of: key, asOf: day)
          restatements.append(
            Restatement(key: key, asOfDate: day, before: before ?? .zero, after: after))
        }
        day = day.advanced(by: 1)
      }
    }
    return restatements
  }
}
