import LedgerDomain

/// Signs that a record which cannot be read as an entry may be one all the same.
struct TableSigns {
  let record: TableRecord
  let reader: TableRowReader
  /// Whether it has as many cells as the table.
  let isWhole: Bool

  private var mapping: StatementCSVMapping { reader.mapping }
  private var columns: TableColumns { reader.columns }

  private static let remedy =
    "If it is not an entry, name its text in csv_skip_rows, or in csv_opening_row or "
    + "csv_closing_row if "
    + "it states a balance"

  /// Whether it has an amount and no date in the columns of a table with a status.
  var isPendingWithoutDate: Bool {
    guard isWhole, let status = columns.status else { return false }
    return !record.cells[status].isEmpty && record.cells[columns.date].isEmpty
  }

  /// What is wrong; `nil` if it has neither a date nor an amount.
  var fault: StatementFault? {
    isWhole ? faultOfWhole : faultOfPart
  }

  private var faultOfWhole: StatementFault? {
    let date = record.cells[columns.date]
    let dateName = columns.name(columns.date)
    let amounts = columns.amounts.filter { hasDigit(record.cells[$0]) }
    if mapping.dateFormat.date(date) != nil {
      return fault(
        "has a date but no amount in \(columns.amounts.map(columns.name).joined(separator: " or "))"
      )
    }
    guard !amounts.isEmpty else { return faultOfShifted }
    let amount = "'\(record.text(amounts[0]).prefix(40))' in \(columns.name(amounts[0]))"
    if date.isEmpty { return fault("has \(amount) but no date in \(dateName)") }
    let text = "'\(record.text(columns.date).prefix(40))'"
    let suggestions = DatePattern.suggestions(for: date).prefix(2).map(\.description)
    if let first = suggestions.first {
      let list = suggestions.count == 1 ? first : suggestions.joined(separator: " or ")
      return StatementFault(
        "has \(text) in \(dateName), which is not a date in the form \(mapping.dateFormat). Set "
          + "csv_date_format to \(list).", line: record.line)
    }
    return fault(
      "has \(amount), but \(text) in \(dateName) is not a date in the form \(mapping.dateFormat). "
        + "Compare csv_date_format with it")
  }

  /// A date and an amount in other columns than those of the mapping.
  private var faultOfShifted: StatementFault? {
    guard record.cells.contains(where: { mapping.dateFormat.date($0) != nil }),
      record.cells.contains(where: isDecimalAmount)
    else { return nil }
    return fault(
      "has a date and an amount, but not in the columns that csv_date and csv_amount name")
  }

  private var faultOfPart: StatementFault? {
    let hasDate = record.cells.contains { mapping.dateFormat.date($0) != nil }
    let hasAmount =
      columns.amounts.contains { $0 < record.cells.count && isAmount(record.cells[$0]) }
      || record.cells.contains { isDecimalAmount($0) }
    guard hasDate || hasAmount else { return faultOfDelimiter }
    let what = hasDate ? "a date" : "an amount"
    return fault(
      "has \(what), but \(record.cells.count) cells where the table has "
        + "\(reader.header.cellCount). Ask the "
        + "bank to put texts that contain the delimiter in quotes")
  }

  /// A row with another delimiter than the table's, or in quotes as a whole.
  private var faultOfDelimiter: StatementFault? {
    let text = Array(record.cells.joined(separator: [reader.header.delimiter]))
    for delimiter in StatementCSVMapping.Delimiter.allCases {
      let pieces = text.split(separator: delimiter.byte).map(Self.withoutQuotes)
      guard pieces.contains(where: { mapping.dateFormat.date($0) != nil }),
        pieces.contains(where: isDecimalAmount)
      else { continue }
      return fault(
        "has a date and an amount, but not in cells of their own. Check csv_delimiter, and whether "
          + "the bank puts whole rows in quotes")
    }
    return nil
  }

  private static func withoutQuotes(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let marks: Set<UInt8> = [0x22, 0x20]
    let rest = text.drop(while: marks.contains)
    guard let last = rest.lastIndex(where: { !marks.contains($0) }) else { return [] }
    return rest[...last]
  }

  private func fault(_ message: String) -> StatementFault {
    StatementFault("\(message). \(Self.remedy).", line: record.line)
  }

  private func hasDigit(_ cell: ArraySlice<UInt8>) -> Bool {
    cell.contains { (0x30...0x39).contains($0) }
  }

  private func isAmount(_ cell: ArraySlice<UInt8>) -> Bool {
    switch AmountNotation(mapping, Self.anyCurrency).reading(cell) {
    case .empty, .notAnAmount: false
    default: true
    }
  }

  /// Whether a cell is an amount in either notation, and not only a number.
  private func isDecimalAmount(_ cell: ArraySlice<UInt8>) -> Bool {
    guard hasDigit(cell), cell.count <= 60 else { return false }
    let isNumber = cell.allSatisfy { (0x30...0x39).contains($0) }
    if isNumber { return fixedDigits == 0 }
    for separator in StatementCSVMapping.DecimalSeparator.allCases {
      var other = mapping
      other.decimalSeparator = separator
      other.groupingSeparator = separator == .comma ? "." : ","
      switch AmountNotation(other, Self.anyCurrency).reading(cell) {
      case .empty, .notAnAmount: continue
      default: return true
      }
    }
    return false
  }

  /// The decimals of the currency, if all rows have the same one.
  private var fixedDigits: Int? {
    guard case .named(let name) = mapping.currency else { return nil }
    return CurrencyCode(name)?.minorUnitDigits
  }

  /// A currency with enough decimals that no amount is too precise to be recognized.
  private static let anyCurrency = CurrencyCode(packed: 0)
}
