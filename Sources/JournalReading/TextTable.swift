/// A small table in CSV, read by the names of its columns.
///
/// Source: RFC 4180, with line feeds accepted as line ends and a UTF-8 byte order mark passed over.
public struct TextTable: Sendable {
  /// A row with the line of the file it begins on.
  public struct Row: Sendable {
    /// The line, from 1.
    public let line: Int
    /// The cells in the order of the columns asked for; `nil` for an optional column that is absent.
    public let cells: [String?]
  }

  /// The rows, blank lines left out.
  public let rows: [Row]
  /// The file, for messages.
  public let file: String

  /// Reads a file whose first row names its columns.
  ///
  /// - Parameters:
  ///   - required: columns that must be there, in any order.
  ///   - optional: columns that may be there. Others are ignored.
  /// - Throws: `ReadingError` with `invalid_table` that names the line.
  public static func read(
    at path: String, required: [String], optional: [String] = []
  ) throws(ReadingError) -> TextTable {
    let bytes = try SmallFile.bytes(at: path)
    var parser = CSVParser(bytes: bytes, file: path)
    let records = try parser.records()
    guard let header = records.first else {
      throw fault(
        path, line: 1, "is empty; its first line must be \(required.joined(separator: ","))")
    }
    var positions: [Int?] = []
    for column in required + optional {
      let places = header.cells.indices.filter { header.cells[$0] == column }
      if places.count > 1 { throw fault(path, line: 1, "has the column \(column) twice") }
      if places.isEmpty && required.contains(column) {
        throw fault(path, line: 1, "has no column \(column)")
      }
      positions.append(places.first)
    }
    var rows: [Row] = []
    for record in records.dropFirst() {
      guard record.cells.count == header.cells.count else {
        throw fault(
          path, line: record.line,
          "has \(record.cells.count) cells where the header has \(header.cells.count)")
      }
      rows.append(Row(line: record.line, cells: positions.map { $0.map { record.cells[$0] } }))
    }
    return TextTable(rows: rows, file: path)
  }

  /// What is wrong with a line of the table.
  public func fault(_ row: Row, _ message: String) -> ReadingError {
    Self.fault(file, line: row.line, message)
  }

  static func fault(_ file: String, line: Int, _ message: String) -> ReadingError {
    ReadingError(.invalidTable, file: file, message: "line \(line) \(message).")
  }
}

/// Cuts CSV text into cells.
private struct CSVParser {
  struct Record {
    let line: Int
    var cells: [String]
  }

  let bytes: [UInt8]
  let file: String
  private var position = 0
  private var line = 1

  init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  mutating func records() throws(ReadingError) -> [Record] {
    var records: [Record] = []
    while position < bytes.count {
      if let record = try record() { records.append(record) }
    }
    return records
  }

  private mutating func record() throws(ReadingError) -> Record? {
    let firstLine = line
    var cells: [String] = []
    while true {
      cells.append(try cell())
      guard position < bytes.count, bytes[position] == UInt8(ascii: ",") else { break }
      position += 1
    }
    if position < bytes.count && bytes[position] == 0x0D { position += 1 }
    if position < bytes.count {
      guard bytes[position] == 0x0A else {
        throw TextTable.fault(file, line: line, "has text behind a closing quote or a stray CR")
      }
      position += 1
      line += 1
    }
    return cells == [""] ? nil : Record(line: firstLine, cells: cells)
  }

  private mutating func cell() throws(ReadingError) -> String {
    var content: [UInt8] = []
    if position < bytes.count && bytes[position] == UInt8(ascii: "\"") {
      content = try quotedCell()
    } else {
      while position < bytes.count, ![0x2C, 0x0A, 0x0D].contains(bytes[position]) {
        if bytes[position] == UInt8(ascii: "\"") {
          throw TextTable.fault(file, line: line, "has a quote inside a cell that is not quoted")
        }
        content.append(bytes[position])
        position += 1
      }
    }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw TextTable.fault(file, line: line, "is not UTF-8")
    }
    // What is stored of a text ends at its first NUL, and would not have its digest any more.
    guard !content.contains(0) else {
      throw TextTable.fault(file, line: line, "has a NUL character")
    }
    return text
  }

  private mutating func quotedCell() throws(ReadingError) -> [UInt8] {
    let firstLine = line
    var content: [UInt8] = []
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return content }
        position += 1
      } else if byte == 0x0A {
        line += 1
      }
      content.append(byte)
    }
    throw TextTable.fault(file, line: firstLine, "opens a quote that is never closed")
  }
}
