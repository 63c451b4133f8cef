/// A general-ledger account's four-digit code, `0000` to `9999`.
public struct AccountCode: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The code as a number, 0 to 9999.
  public let number: UInt16

  /// The account of that number. It must be at most 9999.
  public init(number: UInt16) {
    precondition(number <= 9999, "an account code has four digits")
    self.number = number
  }

  /// The account written as exactly four digits.
  @inlinable
  public init?(_ text: some StringProtocol) {
    var (number, count): (UInt16, Int) = (0, 0)
    for byte in text.utf8 {
      guard (0x30...0x39).contains(byte), count < 4 else { return nil }
      number = number * 10 + UInt16(byte - 0x30)
      count += 1
    }
    guard count == 4 else { return nil }
    self.number = number
  }

  /// Four digits.
  public var description: String {
    String(unsafeUninitializedCapacity: 4) { bytes in
      var rest = number
      for position in (0..<4).reversed() {
        bytes[position] = UInt8(0x30 + rest % 10)
        rest /= 10
      }
      return 4
    }
  }

  /// Orders values as the store sorts rows.
  public static func < (left: AccountCode, right: AccountCode) -> Bool {
    left.number < right.number
  }
}
