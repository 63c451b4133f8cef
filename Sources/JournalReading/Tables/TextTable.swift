import DelimitedText
import LedgerDomain

/// A small table in CSV, read by the names of its columns.
///
/// A UTF-8 byte order mark is skipped, and a line feed alone ends a line.
///
/// Source: RFC 4180.
public struct TextTable: Sendable {
  /// A row with the line of the file it begins on.
  public struct Row: Sendable {
    /// The line, from 1.
    public let line: Int
    /// The cells in the order of the requested columns; `nil` for a missing optional column.
    public let cells: [String?]
  }

  /// The rows, without blank lines.
  public let rows: [Row]
  /// The file, for messages.
  public let file: String

  /// Reads a file whose first row names its columns.
  ///
  /// - Parameters:
  ///   - required: columns that must be there, in any order.
  ///   - optional: columns that may be there. Others are ignored.
  /// - Throws: `ReadingError` with `invalid_table`, which names the line.
  public static func read(
    at path: String, required: [String], optional: [String] = []
  ) throws(ReadingError) -> TextTable {
    let bytes = try InflatedFile.bytes(at: path)
    let records = try Self.records(bytes, of: path)
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
          "has \(record.cells.count) cells, but the header has \(header.cells.count)")
      }
      rows.append(Row(line: record.line, cells: positions.map { $0.map { record.cells[$0] } }))
    }
    return TextTable(rows: rows, file: path)
  }

  private static func records(
    _ bytes: [UInt8], of path: String
  ) throws(ReadingError) -> [DelimitedRecord] {
    do {
      return try DelimitedRecord.read(bytes)
    } catch {
      throw fault(path, line: error.line, error.message)
    }
  }

  /// Whether a row is the tenant's.
  ///
  /// - Parameters:
  ///   - named: the row's cell with a tenant, if it has one.
  ///   - isForOneTenant: whether rows that name no tenant are the tenant's.
  ///   - what: what the rows are, in the plural.
  func isRow(
    _ row: Row, naming named: String?, of tenant: TenantID, isForOneTenant: Bool, what: String
  ) throws(ReadingError) -> Bool {
    if let named {
      guard let owner = TenantID(named) else {
        throw fault(row, "has the tenant '\(named)', which is not a UUID")
      }
      return owner == tenant
    }
    guard isForOneTenant else {
      throw ReadingError(
        .invalidTable, file: file,
        message: "does not name the tenant of its \(what), and there are several tenants. Add a "
          + "column tenant_id, or use a directory of <tenant_id>.csv files.")
    }
    return true
  }

  /// What is wrong with a line of the table.
  public func fault(_ row: Row, _ message: String) -> ReadingError {
    Self.fault(file, line: row.line, message)
  }

  static func fault(_ file: String, line: Int, _ message: String) -> ReadingError {
    ReadingError(.invalidTable, file: file, message: "line \(line) \(message).")
  }
}
