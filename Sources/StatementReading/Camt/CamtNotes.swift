/// What was taken for granted in one statement: one note for all entries with the same reason.
struct CamtNotes {
  /// A reason. Notes are in the order of these.
  enum Reason: CaseIterable {
    case noStatus, otherStatus, noDirection, noDate, noAmount, differentSum, otherCurrency
  }

  private var entries: [Reason: (number: Int, line: Int, count: Int)] = [:]
  private var others: [StatementNote] = []

  /// Notes that an entry gave a reason.
  mutating func add(_ reason: Reason, entry number: Int, line: Int) {
    entries[reason, default: (number, line, 0)].count += 1
  }

  /// Notes something else.
  mutating func add(_ message: String, line: Int) {
    // A statement that has a hundred of them shows nothing new with the next.
    if others.count < 100 { others.append(StatementNote(message, line: line)) }
  }

  /// The first entry that gave a reason; `nil` if none did.
  func first(_ reason: Reason) -> (number: Int, line: Int)? {
    entries[reason].map { ($0.number, $0.line) }
  }

  /// The notes of a statement.
  ///
  /// - Parameter place: what the statement is called: `statement 2`.
  func all(of place: String) -> [StatementNote] {
    others
      + Reason.allCases.compactMap { reason in
        guard let (number, line, count) = entries[reason] else { return nil }
        let more = count > 1 ? " (and \(count - 1) more)" : ""
        return StatementNote(
          "Entry \(number) of \(place)\(more) \(Self.sentence(reason))", line: line)
      }
  }

  private static func sentence(_ reason: Reason) -> String {
    switch reason {
    case .noStatus: "has no status (Sts); it counts as booked, as the balances prove."
    case .otherStatus:
      "has a status of the bank's own; it counts as booked, as the balances prove."
    case .noDirection:
      "has no direction (CdtDbtInd); it counts as a credit, as the balances prove."
    case .noDate: "has neither booking nor value date; it counts on the closing balance's date."
    case .noAmount:
      "lists a transaction without an amount in the account's currency; it counts as a whole."
    case .otherCurrency: "is not booked and in another currency; it was ignored."
    case .differentSum: "lists transactions that do not add up to it; it counts as a whole."
    }
  }
}
