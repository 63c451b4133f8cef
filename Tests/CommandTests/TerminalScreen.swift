/// What a terminal shows of the bytes that a program wrote, as far as Tieout moves its cursor.
struct TerminalScreen {
  /// The lines as they stand now, without those that are empty at the end.
  private(set) var lines: [[Character]] = [[]]
  /// Whether the cursor can be seen.
  private(set) var isCursorVisible = true
  /// The longest line that was ever shown.
  private(set) var widestLine = 0
  /// Sequences that are none of the few that Tieout may use.
  private(set) var unknown: [String] = []
  private var row = 0
  private var column = 0

  /// Shows everything that was written.
  init(_ text: String) {
    var rest = Substring(text.unicodeScalars)
    while let scalar = rest.unicodeScalars.first {
      rest = Substring(rest.unicodeScalars.dropFirst())
      switch scalar {
      case "\r": column = 0
      case "\n": newLine()
      case "\u{1B}": rest = escape(rest)
      default: put(Character(scalar))
      }
    }
  }

  /// The lines as texts.
  var text: [String] {
    var texts = lines.map { String($0) }
    while texts.last?.allSatisfy({ $0 == " " }) == true { texts.removeLast() }
    return texts
  }

  private mutating func newLine() {
    row += 1
    if row == lines.count { lines.append([]) }
  }

  private mutating func put(_ character: Character) {
    while lines[row].count <= column { lines[row].append(" ") }
    lines[row][column] = character
    column += 1
    widestLine = max(widestLine, column)
  }

  /// Takes `[`, parameters and a letter.
  private mutating func escape(_ text: Substring) -> Substring {
    let parameters = text.dropFirst().prefix { !$0.isLetter }
    let end = text.dropFirst(1 + parameters.count)
    let sequence = "\(parameters)\(end.first.map(String.init) ?? "")"
    switch sequence {
    case "K": lines[row] = Array(lines[row].prefix(column))
    case "J":
      lines[row] = Array(lines[row].prefix(column))
      lines = Array(lines.prefix(row + 1))
    case "?25l": isCursorVisible = false
    case "?25h": isCursorVisible = true
    default:
      if end.first == "A", let count = Int(parameters), count <= row {
        row -= count
      } else {
        unknown.append(sequence)
      }
    }
    return end.dropFirst()
  }
}
