import Logging

/// Writes what libraries log to the server's log.
struct ServerLogHandler: LogHandler {
  let log: ServerLog
  var logLevel: Logger.Level = .warning
  /// Discarded: it may contain client input, which the log must not show.
  var metadata: Logger.Metadata {
    get { [:] }
    set {}
  }

  init(log: ServerLog) { self.log = log }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { nil }
    set {}
  }

  func log(event: LogEvent) {
    log.add(level: event.level.rawValue, message: "library") { line in
      line.add("detail", "\(event.message)")
      if let error = event.error { line.add("error", "\(error)") }
    }
  }
}
