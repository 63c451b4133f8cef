import LedgerDomain

/// An unsigned amount: digits with a decimal comma, `1234,` or `1234,50`.
///
/// Source: SWIFT Standards, General Information, the format `d`: a comma is always there, and decimals
/// are at most the currency's.
struct MT940Amount {
  /// Minor units.
  let minor: AmountMinor
  /// What is unusual in how it is written; such an amount counts only if the balances prove it.
  let doubt: String?
  /// Whether all of the currency's decimals are there, so that nothing can be missing at its end.
  let isComplete: Bool

  /// The amount at the beginning of the bytes, and the position behind it.
  ///
  /// `nil` if there is none, if it has more decimals than the currency (other than zeros), or if it
  /// exceeds 2^63 − 1 minor units.
  static func beginning(
    _ bytes: ArraySlice<UInt8>, minorDigits: Int
  ) -> (amount: MT940Amount, end: Int)? {
    var minor: AmountMinor = 0
    var digitCount = 0
    var (decimalCount, separator): (Int, UInt8?) = (0, nil)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".") {
        guard separator == nil else { return nil }
        separator = byte
      } else if MT940Bytes.isDigit(byte) {
        digitCount += 1
        if separator != nil { decimalCount += 1 }
        if decimalCount > minorDigits {
          guard byte == 0x30 else { return nil }
        } else {
          guard let sum = appended(AmountMinor(byte - 0x30), to: minor) else { return nil }
          minor = sum
        }
      } else {
        break
      }
      index += 1
    }
    guard digitCount > 0 else { return nil }
    for _ in 0..<max(0, minorDigits - decimalCount) {
      guard let tenfold = appended(0, to: minor) else { return nil }
      minor = tenfold
    }
    if separator == UInt8(ascii: "."), decimalCount > min(minorDigits, 2) { return nil }
    return (
      MT940Amount(
        minor: minor, doubt: doubt(separator, minor, minorDigits),
        isComplete: separator != nil && decimalCount >= minorDigits), index
    )
  }

  private static func appended(_ digit: AmountMinor, to amount: AmountMinor) -> AmountMinor? {
    let (tenfold, isTooLarge) = amount.multipliedReportingOverflow(by: 10)
    let (sum, isTooLargeSum) = tenfold.addingReportingOverflow(digit)
    return isTooLarge || isTooLargeSum ? nil : sum
  }

  private static func doubt(
    _ separator: UInt8?, _ minor: AmountMinor, _ minorDigits: Int
  ) -> String? {
    if separator == UInt8(ascii: ".") { return "has an amount with a decimal point" }
    guard separator == nil, minor != 0, minorDigits > 0 else { return nil }
    return "has an amount without a decimal comma"
  }
}
