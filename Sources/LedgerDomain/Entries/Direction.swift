/// On which side of an account a line is posted. There is no default.
public enum Direction: UInt8, Sendable, CaseIterable {
  /// DR.
  case debit
  /// CR.
  case credit

  /// `DR` or `CR`, as the export and the store write it.
  public var code: String { self == .debit ? "DR" : "CR" }
}

/// The side on which an account normally has its balance.
public enum NormalSide: UInt8, Sendable, CaseIterable {
  /// DR: assets and expenses.
  case debit
  /// CR: liabilities, equity and income.
  case credit

  /// The side named `DR` or `CR`.
  public init?(code: some StringProtocol) {
    switch code {
    case "DR": self = .debit
    case "CR": self = .credit
    default: return nil
    }
  }

  /// `DR` or `CR`, as the chart and the store write it.
  public var code: String { self == .debit ? "DR" : "CR" }
}
