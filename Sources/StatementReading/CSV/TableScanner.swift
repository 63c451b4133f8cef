/// Cuts a table into records, one after the other.
///
/// Banks do not all keep to RFC 4180. A quote is an ordinary character inside a cell that does not
/// begin with one, and inside a quoted cell where neither a delimiter nor a line end follows it.
/// `="0012"`, which spreadsheets take for a text, is the text.
///
/// Source: RFC 4180, with any delimiter.
struct TableScanner {
  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D
  /// Cells of a record; more are a damaged file.
  static let cellsMax = 10_000

  private let bytes: [UInt8]
  private let delimiter: UInt8
  private var position = 0
  private var line = 1

  /// A scanner of a text in UTF-8.
  init(_ bytes: [UInt8], delimiter: UInt8) {
    self.bytes = bytes
    self.delimiter = delimiter
  }

  /// Reads the next record.
  ///
  /// - Returns: whether there was one.
  /// - Throws: `StatementFault` that names the line of a quote that is never closed.
  mutating func next(_ record: inout TableRecord) throws(StatementFault) -> Bool {
    record.cells.removeAll(keepingCapacity: true)
    guard position < bytes.count else { return false }
    record.line = line
    record.mayBeCutOff = false
    while true {
      let isQuoted = try appendCell(to: &record)
      guard record.cells.count <= Self.cellsMax else {
        throw StatementFault(
          "has more than \(Self.cellsMax) cells in a row. Check csv_delimiter.", line: record.line)
      }
      guard position < bytes.count else {
        record.mayBeCutOff = !isQuoted
        return true
      }
      let byte = bytes[position]
      position += 1
      if byte == delimiter { continue }
      if byte == Self.carriageReturn, position < bytes.count, bytes[position] == Self.lineFeed {
        position += 1
      }
      line += 1
      return true
    }
  }

  /// Reads a cell up to the delimiter or line end after it.
  ///
  /// - Returns: whether it is in quotes.
  private mutating func appendCell(to record: inout TableRecord) throws(StatementFault) -> Bool {
    let start = position
    while position < bytes.count, bytes[position] == 0x20, bytes[position] != delimiter {
      position += 1
    }
    if position < bytes.count, bytes[position] == Self.quote {
      record.cells.append(try quotedCell())
      return true
    }
    if position + 1 < bytes.count, bytes[position] == UInt8(ascii: "="),
      bytes[position + 1] == Self.quote
    {
      position += 1
      record.cells.append(try quotedCell())
      return true
    }
    while position < bytes.count {
      let byte = bytes[position]
      if byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn { break }
      position += 1
    }
    record.cells.append(bytes[start..<position].trimmedText)
    return false
  }

  private mutating func quotedCell() throws(StatementFault) -> ArraySlice<UInt8> {
    let firstLine = line
    position += 1
    let start = position
    var (hasDoubledQuote, hasLooseQuote) = (false, false)
    while position < bytes.count {
      let byte = bytes[position]
      if byte == Self.quote {
        if position + 1 < bytes.count, bytes[position + 1] == Self.quote {
          hasDoubledQuote = true
          position += 2
          continue
        }
        if let end = end(after: position + 1) {
          let content = bytes[start..<position]
          position = end
          // Quotes that are not doubled may have joined rows: a row must not vanish in a cell.
          if hasLooseQuote && line > firstLine {
            throw StatementFault(
              "has a quoted cell of several lines with a quote inside it that is not doubled. "
                + "Ask the bank "
                + "to double it.", line: firstLine)
          }
          return (hasDoubledQuote ? Self.withSingleQuotes(content) : content).trimmedText
        }
        hasLooseQuote = true
      } else if byte == Self.lineFeed {
        line += 1
      }
      position += 1
    }
    throw StatementFault(
      "opens a quote that is never closed. Ask the bank to deliver the file again.", line: firstLine
    )
  }

  /// Where the cell ends if only spaces stand between that position and a delimiter or line end.
  private func end(after position: Int) -> Int? {
    var position = position
    while position < bytes.count, bytes[position] == 0x20, delimiter != 0x20 { position += 1 }
    guard position < bytes.count else { return position }
    let byte = bytes[position]
    return byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn
      ? position : nil
  }

  /// Replaces each doubled quote with one.
  private static func withSingleQuotes(_ content: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var result: [UInt8] = []
    var isFirstOfPair = false
    for byte in content {
      isFirstOfPair = byte == quote && !isFirstOfPair
      if !isFirstOfPair { result.append(byte) }
    }
    return result[...]
  }
}
