import CloseJob
import JobConfiguration
import Reports

/// The log of a run on standard error, one line per event.
final class RunLog: Sendable {
  /// How a line is written.
  enum Format: Sendable {
    /// As a command prints on a terminal: `tieout: …`.
    case terminal
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

  /// Writes an event. Events at `info` are left out if the log is quiet or goes to a terminal.
  ///
  /// - Parameter isRequested: whether the user has just requested it; it is then always written.
  func log(_ event: LogEvent, isRequested: Bool = false) {
    // A terminal has the progress display and then the summary.
    if event.level == .info && !isRequested && (isQuiet || format == .terminal) { return }
    write(line(event))
  }

  private func line(_ event: LogEvent) -> String {
    let message = ReadableText.printable(event.message)
    switch format {
    case .terminal: return "tieout: \(message)\n"
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
