import LedgerDomain

/// How many entries a side has and what they sum up to: `3PLN0,03` of the fields `:90D:` and `:90C:`.
///
/// Source: SWIFT Standards, Category 9, MT 942, fields 90D and 90C.
struct MT940EntrySum {
  let count: Int
  let currency: CurrencyCode
  let amountMinor: AmountMinor

  /// `nil` if the field is malformed: nothing depends on it.
  init?(_ value: ArraySlice<UInt8>) {
    let digits = value.prefix { MT940Bytes.isDigit($0) }
    guard let count = MT940Bytes.number(digits.prefix(9)), digits.count <= 9,
      let currency = CurrencyCode(
        String(decoding: value.dropFirst(digits.count).prefix(3), as: UTF8.self)),
      let minorDigits = currency.minorUnitDigits,
      let (amount, _) = MT940Amount.beginning(
        value.dropFirst(digits.count + 3), minorDigits: minorDigits)
    else { return nil }
    self.count = count
    self.currency = currency
    amountMinor = amount.minor
  }

  /// Whether entries of a sign are as many and sum up to as much.
  func agrees(with entries: [StatementEntry], areCredits: Bool) -> Bool {
    let amounts = entries.filter { $0.amountMinor != 0 && ($0.amountMinor > 0) == areCredits }
      .map { Int128($0.amountMinor.magnitude) }
    return amounts.count == count && amounts.reduce(0, +) == Int128(amountMinor)
  }
}
