/// What a reader took for granted, or did not understand and did not need.
public struct StatementNote: Hashable, Sendable {
  /// The line, from 1, if it is known.
  public let line: Int?
  /// A sentence: `Entry 3 has no status; it is taken for booked, as the balances prove.`
  public let message: String

  /// Creates a note.
  public init(_ message: String, line: Int? = nil) {
    self.message = message
    self.line = line
  }
}
