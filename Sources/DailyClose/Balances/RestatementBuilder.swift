public import LedgerDomain

/// Which closed dates' balances a change of the movement changes, and to what.
public enum RestatementBuilder {
  /// The new versions, in the order of key and date.
  ///
  /// - Parameters:
  ///   - firstDate: the tenant's first closed date; earlier movements count from it on.
  ///   - lastDate: the last closed date; movements after it restate nothing.
  ///   - changes: what is added, in the order of key and effective date; a reclose may take away.
  ///   - current: the balance of a key at a closed date as the books have it; `nil` for none.
  /// - Throws: `BalanceOverflow` if a sum passes 2^63 − 1; whatever `current` throws.
  /// - Complexity: O(changed keys × dates that their changes reach back).
  public static func restatements(
    firstDate: BusinessDate, lastDate: BusinessDate, changes: [Movement],
    current: (BalanceKey, BusinessDate) throws -> DebitCreditTotals?
  ) throws -> [Restatement] {
    var restatements: [Restatement] = []
    var start = changes.startIndex
    while start < changes.endIndex {
      let key = changes[start].key
      let end = changes[start...].firstIndex { $0.key != key } ?? changes.endIndex
      let counting = changes[start..<end].prefix { $0.effectiveDate <= lastDate }
      start = end
      guard let earliest = counting.first?.effectiveDate else { continue }
      var next = counting.startIndex
      var change = DebitCreditTotals.zero
      var day = max(earliest, firstDate)
      while day <= lastDate {
        while next < counting.endIndex, counting[next].effectiveDate <= day {
          change = try change.adding(counting[next].totals, of: key, asOf: day)
          next += 1
        }
        let before = try current(key, day)
        // A key with a balance has one on every later date: once nothing is left to change, the
        // later dates need no look-up.
        if before != nil && change == .zero && next == counting.endIndex { break }
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
