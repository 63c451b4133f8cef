import LedgerDomain

/// The entries of a statement in columns, with their references and texts below them.
struct StatementEntryTable {
  /// A line, and how far it is indented, also where it is continued.
  struct Line {
    let indent: Int
    let text: String
  }

  private static let dateColumns = 10
  private let currency: CurrencyCode
  private let numberColumns: Int
  private let amountColumns: Int

  init(_ entries: [StatementEntry], _ currency: CurrencyCode) {
    self.currency = currency
    var numberColumns = 2
    var amountColumns = 6
    for entry in entries {
      let last = entry.transactions.last.map { ".\($0.number)" } ?? ""
      numberColumns = max(numberColumns, "\(entry.number)\(last)".count)
      let amounts = [entry.amountMinor] + entry.transactions.map(\.amountMinor)
      for amount in amounts {
        amountColumns = max(amountColumns, StatementWords.decimal(amount, currency).count)
      }
    }
    self.numberColumns = numberColumns
    self.amountColumns = amountColumns
  }

  var header: String {
    "  " + row("no", "booked", "value", "amount", "status")
  }

  /// The lines of an entry.
  func lines(_ entry: StatementEntry) -> [Line] {
    let status = "\(entry.status)" + (entry.isReversal ? ", reversal" : "")
    var lines = [
      Line(
        indent: 2,
        text: row(
          "\(entry.number)", "\(entry.bookingDate)", entry.valueDate?.description ?? "",
          StatementWords.decimal(entry.amountMinor, currency), status))
    ]
    lines += details(entry.references, entry.text)
    for transaction in entry.transactions {
      let amount = StatementWords.decimal(transaction.amountMinor, currency)
      lines.append(
        Line(
          indent: 2, text: row("\(entry.number).\(transaction.number)", "", "", amount, "")))
      lines += details(transaction.references, transaction.text)
    }
    return lines
  }

  private func details(_ references: [BankReference], _ text: String?) -> [Line] {
    let indent = 2 + numberColumns + 2
    let named = references.map { reference in
      reference.kind.rawValue.replacing("_", with: " ") + " " + HarmlessText.of(reference.value)
    }
    var lines: [Line] = []
    if !named.isEmpty { lines.append(Line(indent: indent, text: named.joined(separator: "; "))) }
    if let text, !text.isEmpty {
      lines.append(Line(indent: indent, text: "“\(HarmlessText.of(text))”"))
    }
    return lines
  }

  private func row(
    _ number: String, _ booked: String, _ value: String, _ amount: String, _ status: String
  ) -> String {
    func padding(_ text: String, _ columns: Int) -> String {
      String(repeating: " ", count: max(0, columns - text.count))
    }
    return number + padding(number, numberColumns) + "  " + booked
      + padding(booked, Self.dateColumns) + "  " + value + padding(value, Self.dateColumns)
      + "  " + padding(amount, amountColumns) + amount + "  " + status
  }
}
