/// A CSV file taken apart, as a spreadsheet does.
///
/// Source: RFC 4180.
struct CSVTable {
  let columns: [String]
  let rows: [[String]]

  init(_ text: String) {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = String.UnicodeScalarView()
    var isQuoted = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        row.append(String(cell))
        cell = String.UnicodeScalarView()
        continue
      case "\n" where !isQuoted:
        row.append(String(cell))
        rows.append(row.map(Self.unquoted))
        row = []
        cell = String.UnicodeScalarView()
        continue
      case "\r" where !isQuoted: continue
      default: break
      }
      cell.append(scalar)
    }
    columns = rows.first ?? []
    self.rows = Array(rows.dropFirst())
  }

  /// The cells of a column.
  subscript(column: String) -> [String] {
    guard let index = columns.firstIndex(of: column) else { return [] }
    return rows.map { $0[index] }
  }

  /// The rows, with only these columns.
  func selecting(_ names: [String]) -> [[String]] {
    let indices = names.compactMap { columns.firstIndex(of: $0) }
    return rows.map { row in indices.map { row[$0] } }
  }

  private static func unquoted(_ cell: String) -> String {
    var scalars = Array(cell.unicodeScalars)
    guard scalars.count >= 2, scalars.first == "\"", scalars.last == "\"" else { return cell }
    scalars = Array(scalars[1..<(scalars.count - 1)])
    var text = String.UnicodeScalarView()
    var isSecondQuote = false
    for scalar in scalars {
      if scalar == "\"" && isSecondQuote {
        isSecondQuote = false
        continue
      }
      isSecondQuote = scalar == "\""
      text.append(scalar)
    }
    return String(text)
  }
}
