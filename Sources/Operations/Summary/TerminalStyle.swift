import CLinux
import Glibc

/// How wide a text for people may be, and whether it may have colours.
///
///     let style = TerminalStyle.ofStandardOutput(ProcessInfo.processInfo.environment)
///     style.paint("FAILED", .red)
public struct TerminalStyle: Sendable {
  /// The colours, by what they are for.
  public enum Paint: String, Sendable {
    case bold = "1"
    case red = "31"
    case green = "32"
    case yellow = "33"
  }

  /// The width in columns; `nil` where there is none to keep, as in a file or a pipe.
  public let columns: Int?
  /// Whether texts may have colours.
  public let isColoured: Bool

  /// A style of that width.
  public init(columns: Int?, isColoured: Bool = false) {
    self.columns = columns
    self.isColoured = isColoured
  }

  /// The width for which tables are laid out: 80 columns where there is none to keep.
  public var tableColumns: Int { columns ?? 80 }

  /// The style of standard output.
  ///
  /// `COLUMNS` says the width for terminals and pipes alike; otherwise a terminal is asked. Only a
  /// terminal gets colours, and none if `NO_COLOR` is set to anything.
  public static func ofStandardOutput(_ environment: [String: String]) -> TerminalStyle {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let isPlain = ["", "dumb"].contains(environment["TERM"] ?? "")
    return TerminalStyle(
      columns: width(environment["COLUMNS"]) ?? (isTerminal ? terminalWidth : nil),
      isColoured: isTerminal && !isPlain && (environment["NO_COLOR"] ?? "").isEmpty)
  }

  private static func width(_ text: String?) -> Int? {
    guard let number = text.flatMap({ Int($0) }), (1...10_000).contains(number) else { return nil }
    return number
  }

  private static var terminalWidth: Int {
    var (columns, rows): (Int32, Int32) = (0, 0)
    return tieout_terminal_size(STDOUT_FILENO, &columns, &rows) != 0 ? Int(columns) : 80
  }

  /// The text in that colour, if there are colours.
  public func paint(_ text: String, _ paint: Paint) -> String {
    isColoured ? "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m" : text
  }
}
