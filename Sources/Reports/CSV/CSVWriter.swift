import LedgerDomain

/// Writes the rows of a report as CSV: RFC 4180, UTF-8, CRLF line ends.
///
/// Text that a spreadsheet could take for a formula is prefixed with an apostrophe; amounts stay
/// numbers. Cells are written as bytes, so that large reports need no string per cell.
struct CSVWriter {
  /// The bytes written since the last flush.
  private(set) var bytes: [UInt8] = []
  private var hasCells = false

  /// A table with a header row of column names.
  init(columns: [String]) {
    bytes.reserveCapacity(32 * 1024)
    for column in columns { append(column.utf8) }
    endRow()
  }

  /// Adds a cell of untrusted text.
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

  /// Adds a cell of known text that needs no quotes, such as a code.
  mutating func code(_ value: String) { append(value.utf8) }

  /// Adds a cell with an integer; empty if it is `nil`.
  mutating func number(_ value: (some FixedWidthInteger)?) {
    separate()
    if let value { appendDigits(Int64(value).magnitude, isNegative: value < 0, point: 0) }
  }

  /// Adds a cell with an amount in the decimals of its currency; empty if their number is unknown.
  mutating func decimal(_ amountMinor: AmountMinor?, digits: Int?) {
    separate()
    guard let amountMinor, let digits else { return }
    appendDigits(amountMinor.magnitude, isNegative: amountMinor < 0, point: digits)
  }

  /// Ends the row.
  mutating func endRow() {
    bytes.append(0x0D)
    bytes.append(0x0A)
    hasCells = false
  }

  /// Passes the bytes on to the output once there are enough of them.
  mutating func flush(to output: inout ReportOutput, atEnd: Bool = false) throws(ReportError) {
    guard atEnd || bytes.count > 16 * 1024 else { return }
    try output.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Spreadsheets skip white space before a formula and accept full-width signs.
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
    if hasCells { bytes.append(0x2C) }
    hasCells = true
  }

  private mutating func append(_ cell: String.UTF8View) {
    separate()
    bytes.append(contentsOf: cell)
  }

  /// Appends a number whose last `point` digits are decimals.
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
