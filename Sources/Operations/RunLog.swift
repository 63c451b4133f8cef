import CloseJob
import Glibc
import Reports
import Synchronization
import WholeWrites

/// What happened, for whoever reads the log.
struct LogEvent {
  /// How much it matters, by syslog's numbers.
  enum Level: Int {
    case error = 3
    case warning = 4
    case info = 6

    var name: String {
      switch self {
      case .error: "error"
      case .warning: "warning"
      case .info: "info"
      }
    }
  }

  let level: Level
  /// What kind of event it is; stable.
  let event: String
  /// The event as a sentence.
  let message: String
  /// The event's figures, for programs.
  var fields: [String: LogValue] = [:]
}

/// A figure of an event.
enum LogValue: Encodable {
  case text(String)
  case count(Int)
  case seconds(Double)

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .count(let count): try container.encode(count)
    case .seconds(let seconds): try container.encode(seconds)
    }
  }
}

/// The log of a run on standard error, one line for each event.
final class RunLog: Sendable {
  /// How a line is written.
  enum Format: Sendable {
    /// As a command speaks to a person: `tieout: …`.
    case person
    case text, json, journald
  }

  private let format: Format
  private let isQuiet: Bool
  private let clock: RunClock
  private let write: @Sendable (String) -> Void

  init(
    _ format: Format, isQuiet: Bool, clock: RunClock, write: @escaping @Sendable (String) -> Void
  ) {
    self.format = format
    self.isQuiet = isQuiet
    self.clock = clock
    self.write = write
  }

  /// Writes an event, unless it is only worth knowing and the log is to be quiet.
  ///
  /// - Parameter isAskedFor: whether somebody asked just now, and gets an answer in any case.
  func log(_ event: LogEvent, isAskedFor: Bool = false) {
    // On a terminal the display says what is going on; the summary follows.
    if event.level == .info && !isAskedFor && (isQuiet || format == .person) { return }
    write(line(event))
  }

  private func line(_ event: LogEvent) -> String {
    let message = LogText.printable(event.message)
    switch format {
    case .person: return "tieout: \(message)\n"
    case .text: return "\(clock.timestamp()) \(event.level.name): \(message)\n"
    case .journald: return "<\(event.level.rawValue)>\(message)\n"
    case .json:
      var fields = event.fields
      fields["time"] = .text(clock.timestamp())
      fields["level"] = .text(event.level.name)
      fields["event"] = .text(event.event)
      fields["message"] = .text(event.message)
      return (try? JSONDocument.text(fields, .compact)) ?? ""
    }
  }
}

/// Standard error, as far as a run has to know what reads it.
struct ErrorStream {
  /// Writes a whole text; what cannot be written is lost, since there is nobody left to tell.
  static func write(_ text: String) {
    _ = WholeWrite.write(text, to: STDERR_FILENO)
  }

  /// Whether it is a terminal that can move its cursor.
  static func isTerminal(_ environment: [String: String]) -> Bool {
    isatty(STDERR_FILENO) == 1 && !["", "dumb"].contains(environment["TERM"] ?? "")
  }

  /// Whether journald reads it: systemd tells the device and inode of the stream that it gave.
  static func isJournal(_ environment: [String: String]) -> Bool {
    var status = stat()
    guard let stream = environment["JOURNAL_STREAM"], fstat(STDERR_FILENO, &status) == 0 else {
      return false
    }
    return stream == "\(status.st_dev):\(status.st_ino)"
  }
}
