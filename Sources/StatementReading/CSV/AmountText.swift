import LedgerDomain

/// Amounts as messages show them.
enum AmountText {
  /// `-1234.50`.
  static func plain(_ amountMinor: AmountMinor, _ currency: CurrencyCode) -> String {
    let digits = currency.minorUnitDigits ?? 0
    let magnitude = String(amountMinor.magnitude)
    let padded = String(repeating: "0", count: max(0, digits + 1 - magnitude.count)) + magnitude
    let sign = amountMinor < 0 ? "-" : ""
    return digits == 0
      ? sign + padded : "\(sign)\(padded.dropLast(digits)).\(padded.suffix(digits))"
  }
}
