import Logging

/// Takes what libraries log into the server's log.
struct ServerLogHandler: LogHandler {
  let log: ServerLog
  var logLevel: Logger.Level = .warning
  /// Not kept: it can hold what a client wrote, and no line shows it.
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
