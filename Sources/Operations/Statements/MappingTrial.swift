import LedgerDomain
public import StatementReading

/// A bank account's mapping, tried on a file: what `tieout job check` shows of it.
public struct MappingTrial: Sendable {
  /// The account's name in the job.
  public let reference: String
  /// The file that was tried.
  public let file: String
  /// How its first rows are understood.
  public let preview: TablePreview

  /// Whether all of the file was understood.
  var isUnderstood: Bool { preview.faults.isEmpty }

  /// The first rows in columns, then the statements.
  func text() -> String {
    var text = "bank account '\(HarmlessText.of(reference))' reads \(HarmlessText.of(file))\n"
    if !preview.rows.isEmpty { text += table() }
    if preview.rowCount > preview.rows.count {
      text += "  and \(preview.rowCount - preview.rows.count) more rows\n"
    }
    for statement in preview.statements {
      let currency = statement.currency
      let opening = statement.opening.map {
        "opening balance \(StatementWords.decimal($0.amountMinor, currency)) on \($0.date), "
      }
      text +=
        "  account \(HarmlessText.of(statement.account)): \(opening ?? "")closing balance "
        + "\(StatementWords.decimal(statement.closing.amountMinor, currency)) \(currency) on "
        + "\(statement.closing.date)\n"
    }
    return text
  }

  private func table() -> String {
    let header = ["line", "date", "amount", "balance", "", "references and text"]
    let cells = [header] + preview.rows.map(cells)
    let widths = header.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    return cells.map { row in
      var line = "  "
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        if column == row.count - 1 {
          line += cell
        } else {
          line += ([0, 2, 3].contains(column) ? padding + cell : cell + padding) + "  "
        }
      }
      while line.hasSuffix(" ") { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  private func cells(_ row: TablePreview.Row) -> [String] {
    let references = row.references.map { reference in
      reference.kind.rawValue.replacing("_", with: " ") + " " + HarmlessText.of(reference.value)
    }
    let text = row.text.map { "“\(HarmlessText.of(String($0.prefix(60))))”" }
    return [
      "\(row.line)", "\(row.date)", StatementWords.decimal(row.amountMinor, row.currency),
      row.balanceMinor.map { StatementWords.decimal($0, row.currency) } ?? "-",
      row.isBooked ? "" : "pending",
      (references + [text].compactMap(\.self)).joined(separator: "; "),
    ]
  }
}

/// A trial, as JSON has it.
struct MappingTrialDocument: Encodable {
  struct Row: Encodable {
    let line: Int
    let account: String
    let currency: String
    let date: String
    let value_date: String?
    let amount_minor: Int64
    let balance_minor: Int64?
    let references: [Reference]
    let text: String?
    let booked: Bool
  }

  struct Reference: Encodable {
    let kind: String
    let value: String
  }

  let bank_account: String
  let file: String
  let row_count: Int
  let rows: [Row]
  let not_understood: [String]
  let notes: [String]

  init(_ trial: MappingTrial) {
    bank_account = trial.reference
    file = trial.file
    row_count = trial.preview.rowCount
    rows = trial.preview.rows.map { row in
      Row(
        line: row.line, account: row.account, currency: row.currency.description,
        date: row.date.description, value_date: row.valueDate?.description,
        amount_minor: row.amountMinor, balance_minor: row.balanceMinor,
        references: row.references.map { Reference(kind: $0.kind.rawValue, value: $0.value) },
        text: row.text, booked: row.isBooked)
    }
    not_understood = trial.preview.faults
    notes = trial.preview.notes.map { note in
      (note.line.map { "line \($0): " } ?? "") + note.message
    }
  }
}
