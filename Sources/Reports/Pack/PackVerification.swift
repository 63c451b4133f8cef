public import LedgerDomain

/// What the verification of a tenant's stored books found when a pack was made.
public struct PackVerification: Sendable {
  /// How it ended.
  public enum Outcome: String, Sendable {
    /// Everything that is stored is what was closed.
    case intact
    /// Something differs.
    case differs
    /// Not everything could be verified.
    case incomplete
  }

  /// How it ended.
  public let outcome: Outcome
  /// How many closes were verified.
  public let closes: Int
  /// How many balances they wrote.
  public let balances: Int
  /// The first and last closed date.
  public let dates: ClosedRange<BusinessDate>
  /// What differs or could not be verified, in sentences.
  public let faults: [String]
  /// What else a reader should know.
  public let notes: [String]

  /// Creates an outcome.
  ///
  /// - Parameters:
  ///   - differences: what differs.
  ///   - failures: what could not be verified.
  public init(
    closes: Int, balances: Int, dates: ClosedRange<BusinessDate>, differences: [String],
    failures: [String], notes: [String]
  ) {
    outcome = !differences.isEmpty ? .differs : failures.isEmpty ? .intact : .incomplete
    self.closes = closes
    self.balances = balances
    self.dates = dates
    faults = differences + failures
    self.notes = notes
  }
}
