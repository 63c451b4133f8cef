import LedgerDomain

/// Rows of a report in CSV: RFC 4180, UTF-8, CRLF line ends.
///
/// Text that a spreadsheet could take for a formula gets an apostrophe before it; amounts stay
/// numbers. Cells are put together as bytes: a report of many rows costs no string per cell.
struct CSVText {
  /// What has been put together so far.
  private(set) var bytes: [UInt8] = []
  private var isRowBegun = false

  /// A table that begins with the names of its columns.
  init(columns: [String]) {
    bytes.reserveCapacity(32 * 1024)
    for column in columns { append(column.utf8) }
    endRow()
  }

  /// Adds a text from outside.
  mutating func text(_ value: String?) {
    var cell = value ?? ""
    let isFormula = Self.couldBeFormula(cell)
    cell.withUTF8 { cell in
      separate()
      let needsQuotes = cell.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
      if needsQuotes { bytes.append(0x22) }
      if isFormula { bytes.append(UInt8(ascii: "'")) }
      for byte in cell {
        if byte == 0x22 { bytes.append(0x22) }
        bytes.append(byte)
      }
      if needsQuotes { bytes.append(0x22) }
    }
  }

  /// Adds a code of ours, which needs no quotes.
  mutating func code(_ value: String) { append(value.utf8) }

  /// Adds an integer.
  mutating func number(_ value: (some FixedWidthInteger)?) {
    separate()
    if let value { appendDigits(Int64(value).magnitude, isNegative: value < 0, point: 0) }
  }

  /// Adds an amount in the decimals of its currency; nothing if its digits are not known.
  mutating func decimal(_ amountMinor: AmountMinor?, digits: Int?) {
    separate()
    guard let amountMinor, let digits else { return }
    appendDigits(amountMinor.magnitude, isNegative: amountMinor < 0, point: digits)
  }

  /// Ends the row.
  mutating func endRow() {
    bytes.append(0x0D)
    bytes.append(0x0A)
    isRowBegun = false
  }

  /// Hands on what has been put together, once there is enough of it.
  mutating func flush(to output: inout ReportOutput, atEnd: Bool = false) throws(ReportError) {
    guard atEnd || bytes.count > 16 * 1024 else { return }
    try output.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Spreadsheets skip white space before a formula, and take full-width signs for plain ones.
  private static func couldBeFormula(_ cell: String) -> Bool {
    for scalar in cell.unicodeScalars {
      switch scalar {
      case "\0"..<" ", "=", "+", "-", "@", "＝", "＋", "－", "＠": return true
      case _ where scalar.properties.isWhitespace: continue
      default: return false
      }
    }
    return false
  }

  private mutating func separate() {
    if isRowBegun { bytes.append(0x2C) }
    isRowBegun = true
  }

  private mutating func append(_ cell: String.UTF8View) {
    separate()
    bytes.append(contentsOf: cell)
  }

  /// Appends the digits of a number, with a point before the last `point` of them.
  private mutating func appendDigits(_ magnitude: UInt64, isNegative: Bool, point: Int) {
    if isNegative { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    var rest = magnitude
    var written = 0
    repeat {
      if written == point && point > 0 { bytes.append(UInt8(ascii: ".")) }
      bytes.append(UInt8(0x30 + rest % 10))
      rest /= 10
      written += 1
    } while rest > 0 || written <= point
    bytes[start...].reverse()
  }
}
