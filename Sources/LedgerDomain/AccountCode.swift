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
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 4, bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    self.number = bytes.reduce(0) { $0 * 10 + UInt16($1 - 0x30) }
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

  /// Orders as rows are sorted.
  public static func < (left: AccountCode, right: AccountCode) -> Bool {
    left.number < right.number
  }
}
