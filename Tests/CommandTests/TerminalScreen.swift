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
    // Scalar by scalar: to a Character, CR LF is one.
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
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
  private mutating func escape(
    _ text: Substring.UnicodeScalarView
  ) -> Substring.UnicodeScalarView {
    let parameters = text.dropFirst().prefix { !$0.properties.isAlphabetic }
    let end = text.dropFirst(1 + parameters.count)
    let letter = end.first.map { String($0) } ?? ""
    switch String(parameters) + letter {
    case "K": lines[row] = Array(lines[row].prefix(column))
    case "J":
      lines[row] = Array(lines[row].prefix(column))
      lines = Array(lines.prefix(row + 1))
    case "?25l": isCursorVisible = false
    case "?25h": isCursorVisible = true
    default:
      if letter == "A", let count = Int(String(parameters)), count <= row {
        row -= count
      } else {
        unknown.append(String(parameters) + letter)
      }
    }
    return end.dropFirst()
  }
}
