import LedgerDomain
import StatementReading

/// A statement as short readable text, to be compared with what it should be.
enum StatementText {
  static func of(_ statements: [BankStatement]) -> String {
    statements.flatMap(lines).map { $0 + "\n" }.joined()
  }

  private static func lines(_ statement: BankStatement) -> [String] {
    let head =
      "statement \(statement.number)" + part(" id ", statement.identifier)
      + part(" sequence ", statement.sequence.map(String.init))
      + part(" page ", statement.page.map(String.init))
      + " account \(statement.account) \(statement.currency)"
    return [head, "opening \(statement.opening.amountMinor) on \(statement.opening.date)"]
      + statement.entries.map(line)
      + ["closing \(statement.closing.amountMinor) on \(statement.closing.date)"]
  }

  private static func line(_ entry: StatementEntry) -> String {
    "\(entry.place) \(entry.amountMinor) \(entry.status.rawValue) on \(entry.bookingDate)"
      + part(" value ", entry.valueDate?.description) + (entry.isReversal ? " reversal" : "")
      + part(" ref ", entry.servicerReference) + part(" end-to-end ", entry.endToEndReference)
  }

  private static func part(_ label: String, _ text: String?) -> String {
    text.map { label + $0 } ?? ""
  }
}
