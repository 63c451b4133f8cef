/// An amount in the minor unit of its currency: 88849 is 888.49 in a currency with two digits.
public typealias AmountMinor = Int64

/// Writes amounts for people.
public enum AmountText {
  /// The amount in the currency's own decimals: `decimal(-88849, digits: 2)` is `-888.49`.
  ///
  /// - Parameters:
  ///   - amountMinor: minor units, of any sign and size.
  ///   - digits: digits of the currency's minor unit, 0 to 4.
  public static func decimal(_ amountMinor: some BinaryInteger, digits: Int) -> String {
    guard digits > 0 else { return String(amountMinor) }
    let magnitude = String(amountMinor.magnitude)
    let padding = max(0, digits + 1 - magnitude.count)
    let padded = String(repeating: "0", count: padding) + magnitude
    let point = padded.index(padded.endIndex, offsetBy: -digits)
    return (amountMinor < 0 ? "-" : "") + padded[..<point] + "." + padded[point...]
  }
}
