import LedgerDomain
import StatementReading

/// A statement as short readable text, to be compared with what it should be.
enum StatementText {
  static func of(_ statements: [BankStatement]) -> String {
    statements.flatMap(lines).map { $0 + "\n" }.joined()
  }

  static func of(_ entry: StatementEntry) -> String {
    lines(entry).map { $0 + "\n" }.joined()
  }

  private static func lines(_ statement: BankStatement) -> [String] {
    let head =
      "statement \(statement.number)" + part(" id ", statement.identifier)
      + part(" sequence ", statement.sequence.map(String.init))
      + part(" page ", statement.page.map { String($0.number) })
      + " account \(statement.account) \(statement.currency)"
    let opening = statement.opening.map { "opening \($0.amountMinor) on \($0.date)" }
    return [head] + (opening.map { [$0] } ?? []) + statement.entries.flatMap(lines)
      + ["closing \(statement.closing.amountMinor) on \(statement.closing.date)"]
  }

  private static func lines(_ entry: StatementEntry) -> [String] {
    let head =
      "\(entry.number) \(entry.amountMinor) \(entry.status.rawValue) on \(entry.bookingDate)"
      + part(" value ", entry.valueDate?.description) + (entry.isReversal ? " reversal" : "")
      + of(entry.references) + part(" text ", entry.text)
    return [head]
      + entry.transactions.map {
        "\(entry.number).\($0.number) \($0.amountMinor)" + of($0.references)
          + part(" text ", $0.text)
      }
  }

  private static func of(_ references: [BankReference]) -> String {
    references.map { " \($0.kind.rawValue) \($0.value)" }.joined()
  }

  private static func part(_ label: String, _ text: String?) -> String {
    text.map { label + $0 } ?? ""
  }
}
