import LedgerDomain

/// How amounts are written: the decimal separator and the grouping separator.
struct DecimalNotation {
  let decimalSeparator: Character
  var groupingSeparator: Character?

  /// `1234.50`.
  ///
  /// Source: W3C, XML Schema Part 2: Datatypes, section 3.2.3.
  static let xml = DecimalNotation(decimalSeparator: ".")

  /// The minor units of an unsigned number; `nil` if it is malformed or exceeds 2^63 − 1.
  ///
  /// Decimals beyond the currency's must be zeros: nothing is ever rounded.
  func magnitude(_ text: Substring, minorDigits: Int) -> AmountMinor? {
    let parts = text.split(
      separator: decimalSeparator, maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first.flatMap(ungrouped) else { return nil }
    let decimals = parts.count == 2 ? Array(parts[1].utf8) : []
    guard !whole.isEmpty || !decimals.isEmpty else { return nil }
    var amount: AmountMinor = 0
    for index in 0..<(whole.count + max(minorDigits, decimals.count)) {
      let decimal = index - whole.count
      let byte =
        decimal < 0 ? whole[index] : decimal < decimals.count ? decimals[decimal] : 0x30
      guard (0x30...0x39).contains(byte) else { return nil }
      if decimal >= minorDigits {
        guard byte == 0x30 else { return nil }
        continue
      }
      let (tenfold, isTooLarge) = amount.multipliedReportingOverflow(by: 10)
      let (sum, isTooLargeSum) = tenfold.addingReportingOverflow(AmountMinor(byte - 0x30))
      if isTooLarge || isTooLargeSum { return nil }
      amount = sum
    }
    return amount
  }

  /// The digits of the whole units. Groups have three digits (two, before the last, in India):
  /// groups of any other length show that it is not a grouping separator.
  private func ungrouped(_ text: Substring) -> [UInt8]? {
    guard let groupingSeparator, text.contains(groupingSeparator) else { return Array(text.utf8) }
    let groups = text.split(separator: groupingSeparator, omittingEmptySubsequences: false)
    let counts = groups.map(\.utf8.count)
    guard let first = counts.first, (1...3).contains(first), counts.last == 3,
      counts.dropFirst().dropLast().allSatisfy({ (2...3).contains($0) })
    else { return nil }
    return groups.flatMap { Array($0.utf8) }
  }
}
