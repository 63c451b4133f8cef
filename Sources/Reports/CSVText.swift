import LedgerDomain

/// Rows of a report in CSV: RFC 4180, UTF-8, CRLF line ends.
///
/// Text that a spreadsheet could take for a formula gets an apostrophe before it; amounts stay
/// numbers.
struct CSVText {
  private(set) var line = ""

  /// A row that is to be filled cell by cell.
  init() {}

  /// A row of texts that are ours, such as a header.
  static func header(_ columns: [String]) -> String { columns.joined(separator: ",") + "\r\n" }

  /// Adds a text from outside.
  mutating func text(_ value: String?) {
    var cell = value ?? ""
    if let first = cell.unicodeScalars.first, "=+-@".unicodeScalars.contains(first) || first.value < 0x20
    {
      cell = "'" + cell
    }
    append(Self.quoted(cell))
  }

  /// Adds an integer.
  mutating func number(_ value: (some BinaryInteger)?) {
    append(value.map { String($0) } ?? "")
  }

  /// Adds an amount in the decimals of its currency.
  mutating func decimal(_ amountMinor: AmountMinor?, _ currency: CurrencyCode?) {
    guard let amountMinor, let digits = currency?.minorUnitDigits else { return append("") }
    append(AmountText.decimal(amountMinor, digits: digits))
  }

  /// The row with its line end.
  var row: String { line.dropFirst() + "\r\n" }

  private mutating func append(_ cell: String) { line += "," + cell }

  private static func quoted(_ cell: String) -> String {
    let needsQuotes = cell.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
    }
    guard needsQuotes else { return cell }
    return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
