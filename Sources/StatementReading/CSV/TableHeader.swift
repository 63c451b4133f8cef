/// The header of a table, and the delimiter with which it was found.
struct TableHeader {
  /// Records that are searched for a header.
  static let recordsMax = 2_000

  let columns: TableColumns
  let delimiter: UInt8
  /// How many records come before the first row: those up to the header.
  let recordCount: Int
  /// The line of the header; `nil` in a table without one.
  let line: Int?
  /// How many cells the header has.
  let cellCount: Int
  /// Whether the table is the mapping's: it has the header, or a first row with a date where the mapping
  /// says.
  let isRecognized: Bool

  /// Finds the header of a table.
  ///
  /// - Parameter text: the table in UTF-8.
  /// - Throws: `StatementFault` that names the columns that are missing, or are there twice.
  static func find(
    _ text: [UInt8], _ mapping: StatementCSVMapping
  ) throws(StatementFault) -> TableHeader {
    let names = mapping.columns.map(\.column).filter { TableColumns.number($0) == nil }
    if names.isEmpty { return try TableHeader(numbered: mapping, text) }
    var nearest = Nearest(missing: names)
    if let header = try find(text, mapping, names, &nearest) { return header }
    throw nearest.fault(text, mapping)
  }

  /// The columns of a mapping that the record which has most of them lacks; `nil` if one has them
  /// all.
  static func missingColumns(_ text: [UInt8], _ mapping: StatementCSVMapping) -> [String]? {
    let names = mapping.columns.map(\.column).filter { TableColumns.number($0) == nil }
    var nearest = Nearest(missing: names)
    if (try? find(text, mapping, names, &nearest)) ?? nil != nil { return nil }
    return nearest.missing
  }

  private static func find(
    _ text: [UInt8], _ mapping: StatementCSVMapping, _ names: [String], _ nearest: inout Nearest
  ) throws(StatementFault) -> TableHeader? {
    var fault: StatementFault?
    for delimiter in mapping.delimiter.map({ [$0] }) ?? StatementCSVMapping.Delimiter.allCases {
      do throws(StatementFault) {
        if let header = try search(text, mapping, names, delimiter.byte, &nearest) { return header }
      } catch {
        fault = error
      }
    }
    // A quote that is never closed hides the header only if none was nearly found.
    if let fault, nearest.line == nil || nearest.missing.isEmpty { throw fault }
    return nil
  }

  /// The record that has the most of the columns.
  private struct Nearest {
    var missing: [String]
    var line: Int?

    func fault(_ text: [UInt8], _ mapping: StatementCSVMapping) -> StatementFault {
      let settings = mapping.columns.filter { missing.contains($0.column) }
        .map { "\($0.setting): \($0.column)" }
      let list = settings.joined(separator: ", ")
      let encoding =
        text.contains { $0 >= 0x80 }
        ? " If the header's letters are not shown rightly, set csv_encoding." : ""
      guard let line else {
        return StatementFault(
          "has no header with the columns that the mapping names (\(list)). Compare the file's "
            + "header "
            + "with the account's csv_… settings.\(encoding)")
      }
      return StatementFault(
        "looks like the header, but lacks columns that the mapping names (\(list)). Correct these "
          + "settings.\(encoding)", line: line)
    }
  }

  private static func search(
    _ text: [UInt8], _ mapping: StatementCSVMapping, _ names: [String], _ delimiter: UInt8,
    _ nearest: inout Nearest
  ) throws(StatementFault) -> TableHeader? {
    var scanner = TableScanner(text, delimiter: delimiter)
    var record = TableRecord()
    var count = 0
    let wanted = names.map { (name: $0, comparable: TableColumns.comparable($0)) }
    while count < recordsMax, try scanner.next(&record) {
      count += 1
      let cells = record.cells.map(\.collapsedText)
      let found = Set(cells.map(TableColumns.comparable))
      let missing = wanted.filter { !found.contains($0.comparable) }.map(\.name)
      if missing.count < nearest.missing.count {
        nearest = Nearest(missing: missing, line: record.line)
      }
      guard missing.isEmpty, let columns = TableColumns(mapping, header: cells) else { continue }
      for (name, comparable) in wanted
      where cells.count(where: { TableColumns.comparable($0) == comparable }) > 1 {
        throw StatementFault(
          "has the column '\(name)' twice. Give it by its number instead, such as '#3' for the "
            + "third.",
          line: record.line)
      }
      return TableHeader(
        columns: columns, delimiter: delimiter, recordCount: count, line: record.line,
        cellCount: record.cells.count, isRecognized: true)
    }
    return nil
  }

  private init(
    columns: TableColumns, delimiter: UInt8, recordCount: Int, line: Int?, cellCount: Int,
    isRecognized: Bool
  ) {
    self.columns = columns
    self.delimiter = delimiter
    self.recordCount = recordCount
    self.line = line
    self.cellCount = cellCount
    self.isRecognized = isRecognized
  }

  /// The columns of a table without header: the delimiter is the one with which most rows have a
  /// date.
  private init(numbered mapping: StatementCSVMapping, _ text: [UInt8]) throws(StatementFault) {
    guard let columns = TableColumns(mapping, header: []) else {
      throw StatementFault("has a mapping with a column number out of range. Correct it.")
    }
    var best: (delimiter: UInt8, rows: Int, cells: Int)?
    var fault: StatementFault?
    for delimiter in mapping.delimiter.map({ [$0] }) ?? StatementCSVMapping.Delimiter.allCases {
      do throws(StatementFault) {
        let (rows, cells) = try Self.datedRows(text, mapping, columns, delimiter.byte)
        if best.map({ rows > $0.rows }) ?? true { best = (delimiter.byte, rows, cells) }
      } catch {
        fault = error
      }
    }
    guard let best else { throw fault ?? StatementFault("is empty. Ask the bank for it again.") }
    self.init(
      columns: columns, delimiter: best.delimiter, recordCount: 0, line: nil, cellCount: best.cells,
      isRecognized: best.rows > 0)
  }

  /// How many of the first rows have a date where the mapping says, and the cells of the first of
  /// them.
  private static func datedRows(
    _ text: [UInt8], _ mapping: StatementCSVMapping, _ columns: TableColumns, _ delimiter: UInt8
  ) throws(StatementFault) -> (rows: Int, cells: Int) {
    var scanner = TableScanner(text, delimiter: delimiter)
    var record = TableRecord()
    var (count, rows, cells) = (0, 0, columns.last + 1)
    while count < 100, try scanner.next(&record) {
      count += 1
      guard record.cells.count > columns.last,
        mapping.dateFormat.date(record.cells[columns.date]) != nil
      else { continue }
      if rows == 0 { cells = record.cells.count }
      rows += 1
    }
    return (rows, cells)
  }
}
