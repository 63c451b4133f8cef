import CLinux
import Glibc
import Synchronization

/// Lines at the end of a terminal's output that are written over until they are taken away.
///
/// Between two drawings the cursor stands, unseen, at the beginning of the first line: whatever a
/// terminal does to lines when its width changes, they lie behind the cursor, and are erased.
final class LiveTerminal: Sendable {
  private static let (hide, show) = ("\u{1B}[?25l", "\u{1B}[?25h")
  private static let (eraseLine, eraseBelow) = ("\u{1B}[K", "\u{1B}[J")

  private let isShowing = Mutex(false)

  /// The terminal's columns and rows now.
  static var size: (columns: Int, rows: Int) {
    var (columns, rows): (Int32, Int32) = (0, 0)
    guard tieout_terminal_size(STDERR_FILENO, &columns, &rows) != 0 else { return (80, 24) }
    return (Int(columns), rows > 0 ? Int(rows) : 24)
  }

  /// Draws lines in place of those that were drawn before. None may be as wide as the terminal.
  ///
  /// - Parameter isResized: whether the terminal's size changed. What was drawn is erased first then,
  ///   since a terminal may have broken lines, and would put them together again later.
  func draw(_ lines: [String], isResized: Bool) {
    isShowing.withLock { isShowing in
      var text = (isShowing ? "" : Self.hide) + "\r" + (isResized ? Self.eraseBelow : "")
      text += lines.map { $0 + Self.eraseLine }.joined(separator: "\r\n") + Self.eraseBelow
      if lines.count > 1 { text += "\u{1B}[\(lines.count - 1)A" }
      ErrorStream.write(text + "\r")
      isShowing = true
    }
  }

  /// Writes whole lines that stay; what is drawn next comes below them.
  func write(_ text: String) {
    isShowing.withLock { isShowing in
      ErrorStream.write((isShowing ? "\r" + Self.eraseBelow : "") + text)
    }
  }

  /// Takes away what is drawn and gives the cursor back.
  func clear() {
    isShowing.withLock { isShowing in
      if isShowing { ErrorStream.write("\r" + Self.eraseBelow + Self.show) }
      isShowing = false
    }
  }
}
