import CLinux
import Glibc
import Synchronization

/// Status lines below a terminal's output, redrawn in place until they are cleared.
///
/// Between redraws the hidden cursor is at the beginning of the first line. However a terminal
/// rewraps the lines when its width changes, they come after the cursor and are erased.
final class StatusLines: Sendable {
  private static let (hideCursor, showCursor) = ("\u{1B}[?25l", "\u{1B}[?25h")
  private static let (eraseLine, eraseBelow) = ("\u{1B}[K", "\u{1B}[J")

  private let isShowing = Mutex(false)

  /// The terminal's current columns and rows.
  static var terminalSize: (columns: Int, rows: Int) {
    var (columns, rows): (Int32, Int32) = (0, 0)
    guard tieout_terminal_size(STDERR_FILENO, &columns, &rows) != 0 else { return (80, 24) }
    return (Int(columns), rows > 0 ? Int(rows) : 24)
  }

  /// Replaces the lines shown. Each must be narrower than the terminal.
  ///
  /// - Parameter isResized: whether the terminal's size has changed. The old lines are then erased
  ///   first, since the terminal may have wrapped them and would join them again later.
  func show(_ lines: [String], isResized: Bool) {
    isShowing.withLock { isShowing in
      var text = (isShowing ? "" : Self.hideCursor) + "\r" + (isResized ? Self.eraseBelow : "")
      text += lines.map { $0 + Self.eraseLine }.joined(separator: "\r\n") + Self.eraseBelow
      if lines.count > 1 { text += "\u{1B}[\(lines.count - 1)A" }
      StandardError.write(text + "\r")
      isShowing = true
    }
  }

  /// Writes lines that stay; status lines shown later come below them.
  func write(_ text: String) {
    isShowing.withLock { isShowing in
      StandardError.write((isShowing ? "\r" + Self.eraseBelow : "") + text)
    }
  }

  /// Erases the status lines and shows the cursor again.
  func clear() {
    isShowing.withLock { isShowing in
      if isShowing { StandardError.write("\r" + Self.eraseBelow + Self.showCursor) }
      isShowing = false
    }
  }
}
