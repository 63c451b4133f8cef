import Logging

/// Takes what libraries log into the server's log.
struct ServerLogHandler: LogHandler {
  let log: ServerLog
  var logLevel: Logger.Level = .warning
  var metadata: Logger.Metadata = [:]

  init(log: ServerLog) { self.log = log }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    log.add(level: event.level.rawValue, message: "library") { line in
      line.add("detail", "\(event.message)")
      if let error = event.error { line.add("error", "\(error)") }
    }
  }
}
