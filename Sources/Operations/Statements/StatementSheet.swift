import LedgerDomain
import StatementReading

/// A statement file as text for people.
struct StatementSheet {
  private static let columns = 80
  private(set) var text = ""

  mutating func add(_ file: StatementFile) {
    add("\(HarmlessText.of(file.name)): \(file.format?.rawValue ?? "not understood")")
    for statement in file.statements { add(statement) }
    for notification in file.notifications { add(notification) }
    section(
      "Taken for granted, or passed over",
      file.notes.map { note in
        (note.line.map { "line \($0): " } ?? "") + note.message
      })
    section("Not understood", file.findings.map(\.message))
  }

  private mutating func add(_ statement: BankStatement) {
    let currency = statement.currency
    add("\nStatement \(statement.number) of account \(name(statement.account, currency))")
    field("identifier", statement.identifier)
    field("sequence", statement.sequence.map(String.init))
    field(
      "page", statement.page.map { "\($0.number)" + ($0.isLast == true ? ", the last" : "") })
    field("created", statement.createdAt.map(StatementWords.time))
    field("opening", statement.opening.map { balance($0, currency) } ?? "not stated")
    field("closing", balance(statement.closing, currency))
    field("proof", proof(statement))
    add(statement.entries, currency)
  }

  private mutating func add(_ notification: BankNotification) {
    let account = name(notification.account, notification.currency)
    add("\nNotification \(notification.number) of account \(account): transactions of entries")
    add(notification.entries, notification.currency)
  }

  private func name(_ account: String, _ currency: CurrencyCode) -> String {
    "\(HarmlessText.of(account)), \(currency)"
  }

  private func balance(_ balance: StatementBalance, _ currency: CurrencyCode) -> String {
    "\(balance.date)  \(StatementWords.decimal(balance.amountMinor, currency))"
      + (balance.isIntermediate ? "  intermediate" : "")
  }

  private func proof(_ statement: BankStatement) -> String {
    let proof = StatementProof(statement)
    func amount(_ minor: some BinaryInteger) -> String {
      StatementWords.decimal(minor, statement.currency)
    }
    let count = proof.bookedCount.counted("booked entry", "booked entries")
    guard let opening = statement.opening, let difference = proof.differenceMinor else {
      return "unknown without an opening balance; \(count) of together \(amount(proof.bookedMinor))"
    }
    let sign = proof.bookedMinor < 0 ? "-" : "+"
    let reached = Int128(statement.closing.amountMinor) - difference
    let sum =
      "\(amount(opening.amountMinor)) \(sign) \(amount(proof.bookedMinor.magnitude)) (\(count)) = "
      + amount(reached)
    if difference == 0 { return "yes: \(sum)" }
    let rest = proof.isOneOfPages ? "; other pages may have the rest" : ""
    return "no: \(sum), not \(amount(statement.closing.amountMinor))\(rest)"
  }

  private mutating func add(_ entries: [StatementEntry], _ currency: CurrencyCode) {
    guard !entries.isEmpty else { return }
    let table = StatementEntryTable(entries, currency)
    add("\n" + table.header)
    for entry in entries {
      for line in table.lines(entry) {
        wrap(line.text, indent: line.indent)
      }
    }
  }

  private mutating func section(_ title: String, _ lines: [String]) {
    guard !lines.isEmpty else { return }
    add("\n" + title)
    for line in lines { wrap(HarmlessText.of(line), indent: 2) }
  }

  private mutating func field(_ label: String, _ value: String?) {
    guard let value else { return }
    let padded = label + String(repeating: " ", count: max(0, 12 - label.count))
    wrap(padded + HarmlessText.of(value), indent: 2, hanging: 12)
  }

  private mutating func add(_ line: String) { text += line + "\n" }

  /// Adds a text in lines of at most 80 columns, broken at single spaces.
  private mutating func wrap(_ line: String, indent: Int, hanging: Int = 0) {
    var current = String(repeating: " ", count: indent)
    var width = indent
    var isFirst = true
    for word in line.split(separator: " ", omittingEmptySubsequences: false) {
      if !isFirst && width + 1 + word.count > Self.columns {
        add(current.trimmingRight)
        current = String(repeating: " ", count: indent + hanging)
        width = indent + hanging
      } else if !isFirst {
        current += " "
        width += 1
      }
      current += word
      width += word.count
      isFirst = false
    }
    add(current.trimmingRight)
  }
}

extension String {
  /// The text without the spaces at its end.
  fileprivate var trimmingRight: String {
    var copy = self
    while copy.hasSuffix(" ") { copy.removeLast() }
    return copy
  }
}
