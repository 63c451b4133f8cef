/// Why an account cannot be compared with the bank: a figure passes 64 bits.
public struct BankReconciliationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure; stable.
  public enum Code: String, Sendable, CaseIterable {
    case amountOverflow = "amount_overflow"
  }

  /// The kind of failure.
  public let code: Code
  /// The account's reference.
  public let account: String
  /// What is wrong, and how to correct it.
  public let message: String

  /// `operating: … [amount_overflow]`
  public var description: String { "\(account): \(message) [\(code.rawValue)]" }
}
