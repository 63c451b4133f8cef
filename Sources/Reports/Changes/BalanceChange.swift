import LedgerDomain

/// How a balance moved since an earlier date.
struct BalanceMovement {
  /// What it was, in minor units on the account's normal side; zero if there is no such date.
  let beforeMinor: AmountMinor
  /// What it is now less what it was.
  let changeMinor: Int128
  /// The change in tenths of a percent of what it was, rounded half away from zero; `nil` if it was zero.
  let percentTenths: Int128?
  /// Whether somebody must look at it.
  let needsReview: Bool

  /// - Parameter threshold: `nil` if nothing must be looked at.
  init(
    from beforeMinor: AmountMinor, to afterMinor: AmountMinor, of currency: CurrencyCode,
    threshold: ReviewThreshold?
  ) {
    self.beforeMinor = beforeMinor
    changeMinor = Int128(afterMinor) - Int128(beforeMinor)
    needsReview = threshold?.isReached(by: changeMinor, from: beforeMinor, of: currency) ?? false
    let before = Int128(beforeMinor.magnitude)
    let half = before / 2 * Int128(changeMinor.signum())
    percentTenths = beforeMinor == 0 ? nil : (changeMinor * 1_000 + half) / before
  }
}

/// A key's balance with how it moved since each earlier date.
struct BalanceChange {
  let key: BalanceKey
  let account: Account?
  /// The balance at the end of the close's date, in minor units on the account's normal side.
  let balanceMinor: AmountMinor
  /// One for each of `ChangeBasis.allCases`.
  let movements: [BalanceMovement]
  /// Whether it moved since an earlier date that there is.
  let hasMoved: Bool

  var needsReview: Bool { movements.contains(where: \.needsReview) }

  /// Every key of a close, what moved most since the close before first, then what moved most since the other
  /// dates. Amounts of several currencies are compared as units of their currencies.
  static func all(_ record: CloseRecord) -> [BalanceChange] {
    guard !record.earlierBalances.isEmpty else { return [] }
    let changes = record.rollforward.enumerated().map { index, row in
      let account = record.chart[row.key.account]
      let side = account?.normalSide ?? .debit
      let balance = row.closing.normalBalanceMinor(on: side)
      let movements = record.earlierBalances.map { earlier in
        BalanceMovement(
          from: earlier.totals?[index].normalBalanceMinor(on: side) ?? 0, to: balance,
          of: row.key.currency,
          // Without an earlier date there is nothing to compare with.
          threshold: earlier.totals == nil ? nil : record.reviewThreshold)
      }
      return BalanceChange(
        key: row.key, account: account, balanceMinor: balance, movements: movements,
        hasMoved: zip(movements, record.earlierBalances).contains {
          $0.0.changeMinor != 0 && $0.1.totals != nil
        })
    }
    return changes.map { ($0, $0.sizes) }.sorted { left, right in
      for (left, right) in zip(left.1, right.1) where left != right { return left > right }
      return left.0.key < right.0.key
    }.map(\.0)
  }

  /// How much it moved, in ten-thousandths of its currency's unit.
  private var sizes: [Int128] {
    let unit = (0..<max(0, 4 - (key.currency.minorUnitDigits ?? 0))).reduce(Int128(1)) { unit, _ in
      unit * 10
    }
    return movements.map { Int128($0.changeMinor.magnitude) * unit }
  }
}
