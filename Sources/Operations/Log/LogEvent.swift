/// One event of a run, for its log.
struct LogEvent {
  /// Severity, with syslog's numbers.
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
  /// The kind of event; stable.
  let event: String
  /// The event as a sentence.
  let message: String
  /// The event's values by name, for programs.
  var fields: [String: LogValue] = [:]
}

/// A value of an event.
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
