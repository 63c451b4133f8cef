public import LedgerDomain

/// Writes a statement as a table, as banks let one download it: balances in rows of their own above and below
/// the bookings, amounts in whole units and decimals.
public enum CSVStatementWriter {
  /// The names of the columns, in order.
  public static let columns = [
    "account", "currency", "date", "value_date", "amount", "bank_reference", "reference", "text",
  ]
  /// How the row with the opening balance begins.
  public static let openingRow = "Opening balance"
  /// How the row with the closing balance begins.
  public static let closingRow = "Closing balance"

  /// The file: an opening row, the header, a row for each booking, and a closing row.
  public static func text(_ statement: BankStatement) -> String {
    let digits = statement.currency.minorUnitDigits ?? 0
    func balance(_ label: String, _ balance: StatementBalance) -> String {
      "\(label),\(AmountText.decimal(balance.amountMinor, digits: digits)),\(balance.date)\n"
    }
    var text = statement.opening.map { balance(openingRow, $0) } ?? ""
    text += columns.joined(separator: ",") + "\n"
    for entry in statement.entries {
      var references = UnplacedReferences(entry.references)
      let bank = references.take(.accountServicer) ?? ""
      let reference = references.take(
        .endToEnd, .customer, .instruction, .transaction, .uetr, .creditor, .cheque)
      let cells = [
        statement.account, "\(statement.currency)", "\(entry.bookingDate)",
        entry.valueDate.map { "\($0)" } ?? "",
        AmountText.decimal(entry.amountMinor, digits: digits), bank, reference ?? "",
        references.text(after: entry.text),
      ]
      text += cells.map(quoted).joined(separator: ",") + "\n"
    }
    return text + balance(closingRow, statement.closing)
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { ",\"\n".contains($0) }) else { return cell }
    return "\"\(cell.replacing("\"", with: "\"\""))\""
  }
}
