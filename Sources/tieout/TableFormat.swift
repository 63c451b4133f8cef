import ArgumentParser
import Reports

/// How a command prints rows.
enum TableFormat: String, ExpressibleByArgument, CaseIterable {
  case table, csv, json

  /// The rows in this format.
  func render(columns: [String], rows: [[String]]) throws -> String {
    switch self {
    case .table: return Self.table(columns, rows)
    case .csv:
      return ([columns] + rows).map { $0.map(Self.quoted).joined(separator: ",") + "\r\n" }.joined()
    case .json:
      let objects = rows.map { Dictionary(zip(columns, $0), uniquingKeysWith: { $1 }) }
      return try JSONDocument.text(objects)
    }
  }

  /// Aligned columns, numbers to the right.
  private static func table(_ columns: [String], _ rows: [[String]]) -> String {
    let widths = columns.indices.map { column in
      ([columns] + rows).map { $0[column].count }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - cells[column].count)
        let isFigure = columns[column].hasSuffix("_minor") || columns[column].hasSuffix("balance")
        return isFigure ? padding + cells[column] : cells[column] + padding
      }
      var line = padded.joined(separator: "  ")
      while line.hasSuffix(" ") { line.removeLast() }
      return line + "\n"
    }
    return line(columns) + rows.map(line).joined()
  }

  private static func quoted(_ cell: String) -> String {
    // Scalar by scalar: to a Character, CR LF is one and a quote with a combining mark is another.
    let scalars = cell.unicodeScalars
    guard scalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return cell }
    return scalars.reduce(into: "\"") { $0 += $1 == "\"" ? "\"\"" : String($1) } + "\""
  }
}
