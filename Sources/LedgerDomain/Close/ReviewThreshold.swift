/// From which movement on somebody must look at a balance: an amount, a share of what it was, or both.
///
///     let threshold = ReviewThreshold("10000.00, 5%")!
///     threshold.isReached(by: 1_500_000, from: 20_000_000, of: usd)  // true: 15,000.00 and 7.5 %
public struct ReviewThreshold: Hashable, Sendable, CustomStringConvertible {
  /// The amount in ten-thousandths of a currency's unit, whatever the currency; `nil` if any will do.
  public let amountTenThousandths: Int64?
  /// The share in hundredths of a percent; `nil` if any will do.
  public let percentHundredths: Int64?

  private static let amountDigits = 4
  private static let percentDigits = 2

  /// The threshold written as an amount, a percentage, or both with a comma between them; `nil` for any
  /// other text.
  public init?(_ text: some StringProtocol) {
    var (amount, percent): (Int64?, Int64?) = (nil, nil)
    for part in String(text).split(separator: Character(","), omittingEmptySubsequences: false) {
      let word = part.drop { $0 == " " }
      if word.last == "%" {
        guard percent == nil,
          let value = Self.scaled(word.dropLast(), digits: Self.percentDigits)
        else { return nil }
        percent = value
      } else {
        guard amount == nil, percent == nil,
          let value = Self.scaled(word, digits: Self.amountDigits)
        else { return nil }
        amount = value
      }
    }
    (amountTenThousandths, percentHundredths) = (amount, percent)
  }

  /// A decimal number of up to so many decimals, times a power of ten.
  private static func scaled(_ text: some StringProtocol, digits: Int) -> Int64? {
    let parts: [Substring] = String(text).split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = parts.first, !whole.isEmpty,
      whole.utf8.count <= 14
    else { return nil }
    let fraction = parts.count == 2 ? String(parts[1]) : ""
    guard parts.count == 1 || (1...digits).contains(fraction.utf8.count) else { return nil }
    let all = String(whole) + fraction + String(repeating: "0", count: digits - fraction.utf8.count)
    guard all.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int64(all)
  }

  /// Whether a balance that moved needs a person. What did not move never does.
  ///
  /// - Parameters:
  ///   - changeMinor: by how much it moved, in minor units, signed.
  ///   - beforeMinor: what it was; any movement is more than every share of zero.
  ///   - currency: its currency.
  public func isReached(
    by changeMinor: Int128, from beforeMinor: AmountMinor, of currency: CurrencyCode
  ) -> Bool {
    guard changeMinor != 0 else { return false }
    let moved = Int128(changeMinor.magnitude)
    if let amountTenThousandths {
      let unit = Self.power(of: currency.minorUnitDigits ?? 0)
      guard moved * Self.power(of: Self.amountDigits) >= Int128(amountTenThousandths) * unit
      else { return false }
    }
    guard let percentHundredths else { return true }
    return moved * 10_000 >= Int128(beforeMinor.magnitude) * Int128(percentHundredths)
  }

  private static func power(of exponent: Int) -> Int128 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  /// As it is written: `10000, 7.5%`.
  public var description: String {
    [
      amountTenThousandths.map { Self.text($0, digits: Self.amountDigits) },
      percentHundredths.map { Self.text($0, digits: Self.percentDigits) + "%" },
    ].compactMap(\.self).joined(separator: ", ")
  }

  /// A decimal number without zeros at its end.
  private static func text(_ value: Int64, digits: Int) -> String {
    var (rest, decimals) = (value, digits)
    while decimals > 0, rest % 10 == 0 { (rest, decimals) = (rest / 10, decimals - 1) }
    return AmountText.decimal(rest, digits: decimals)
  }
}
