/// Three capital letters that name a currency. Whether ISO 4217 knows it is another question.
public struct CurrencyCode: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// How many codes of three capital letters there are.
  public static let codeCount = 26 * 26 * 26

  /// The letters as a number of base 26: `AAA` is 0, `ZZZ` is 17575; in the order of the text.
  public let packed: UInt16

  /// The code with that number.
  public init(packed: UInt16) {
    precondition(Int(packed) < Self.codeCount, "a currency code has three capital letters")
    self.packed = packed
  }

  /// The code written as exactly three capital letters.
  @inlinable
  public init?(_ text: some StringProtocol) {
    var (packed, count): (UInt16, Int) = (0, 0)
    for byte in text.utf8 {
      guard (0x41...0x5A).contains(byte), count < 3 else { return nil }
      packed = packed * 26 + UInt16(byte - 0x41)
      count += 1
    }
    guard count == 3 else { return nil }
    self.packed = packed
  }

  /// The three letters.
  public var description: String {
    String(unsafeUninitializedCapacity: 3) { bytes in
      bytes[0] = UInt8(0x41 + packed / 676)
      bytes[1] = UInt8(0x41 + packed / 26 % 26)
      bytes[2] = UInt8(0x41 + packed % 26)
      return 3
    }
  }

  /// Digits after the decimal point in ISO 4217, or `nil` if it does not know the code.
  public var minorUnitDigits: Int? {
    let digits = ISO4217.minorUnitDigits[Int(packed)]
    return digits == ISO4217.unknown ? nil : Int(digits)
  }

  /// Orders values as the store sorts rows.
  public static func < (left: CurrencyCode, right: CurrencyCode) -> Bool {
    left.packed < right.packed
  }
}
