import CloseJob

/// The progress of a run as text: status lines for a terminal and events for a log.
struct ProgressText {
  let state: RunState
  let rate: ProgressRate

  /// One line per running date and a total, none wider than the terminal.
  ///
  /// - Parameters:
  ///   - columns: the terminal's width; the last column stays empty, since some terminals wrap when
  ///     it is filled.
  ///   - rows: the terminal's height; dates that do not fit are counted in a line.
  func lines(columns: Int, rows: Int) -> [String] {
    let datesMax = max(1, rows - 3)
    var lines = state.running.prefix(datesMax).map { line($0, columns: columns) }
    if state.running.count > datesMax {
      lines.append("and \(state.running.count - datesMax) more dates")
    }
    lines.append(total(columns: columns))
    return lines.map { String($0.prefix(max(1, columns - 1))) }
  }

  private func line(_ date: RunState.RunningDate, columns: Int) -> String {
    let tenant = columns >= 110 ? "\(date.tenant)" : String("\(date.tenant)".prefix(8))
    let share = Self.share(date.bytesRead, of: date.bytes)
    return Self.line(
      left: "\(tenant)  \(date.date)  \(date.isClosing ? "closing" : "reading")", share: share,
      right: "\(Self.bytes(date.bytesRead, of: date.bytes))", columns: columns)
  }

  private func total(columns: Int) -> String {
    let read = Self.bytes(state.bytesRead, of: state.bytes)
    let speed = "\(ReadableText.count(rate.entriesPerSecond)) entries/s"
    let left = timeLeft
    // On narrow terminals the least important part goes first.
    let choices = [[read, speed, left], [read, left], [left], [String?]()]
    let lines = choices.map { parts in
      Self.line(
        left: "total  \(state.datesClosed)/\(state.datesPlanned) dates",
        share: state.bytes.map { Self.share(state.bytesRead, of: $0) },
        right: parts.compactMap { $0 }.joined(separator: "  "), columns: columns)
    }
    return lines.first { $0.count < columns } ?? lines[lines.count - 1]
  }

  private var timeLeft: String? {
    rate.secondsLeft(state).map { "\(ReadableText.time($0)) left" }
  }

  /// A line with a progress bar that takes the remaining width, up to 40 columns.
  private static func line(left: String, share: Int?, right: String, columns: Int) -> String {
    let percent = share.map { "\($0 < 100 ? " " : "")\($0 < 10 ? " " : "")\($0) %" } ?? "  - %"
    let width = min(40, columns - 1 - left.count - percent.count - right.count - 8)
    guard width >= 5 else { return "\(left)  \(percent)  \(right)" }
    let filled = (share ?? 0) * width / 100
    let bar =
      String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
    return "\(left)  [\(bar)]  \(percent)  \(right)"
  }

  private static func share(_ part: Int, of whole: Int) -> Int {
    whole > 0 ? min(100, part * 100 / whole) : 100
  }

  private static func bytes(_ part: Int, of whole: Int?) -> String {
    guard let whole else { return ReadableText.bytes(part) }
    let (one, other) = (ReadableText.bytes(part), ReadableText.bytes(whole))
    // 12.3/27.1 MB if both have the same unit.
    guard let unit = other.split(separator: " ").last, one.hasSuffix(" \(unit)") else {
      return "\(one)/\(other)"
    }
    return "\(one.dropLast(unit.count + 1))/\(other)"
  }

  /// The state as log events: the total first, then one per running date.
  func events() -> [LogEvent] {
    var message = "\(state.datesClosed) of \(state.datesPlanned) dates closed, "
    message += "\(Self.bytes(state.bytesRead, of: state.bytes)) read"
    if let bytes = state.bytes { message += " (\(Self.share(state.bytesRead, of: bytes)) %)" }
    message += ", \(state.records) entries, \(ReadableText.count(rate.entriesPerSecond)) entries/s"
    if let left = timeLeft { message += ", \(left)" }
    var fields: [String: LogValue] = [
      "dates_closed": .count(state.datesClosed), "dates": .count(state.datesPlanned),
      "bytes_read": .count(state.bytesRead), "records_read": .count(state.records),
      "seconds": .seconds(state.elapsed.seconds),
      "entries_per_second": .count(Int(rate.entriesPerSecond)),
    ]
    if let bytes = state.bytes { fields["bytes"] = .count(bytes) }
    if let left = rate.secondsLeft(state) { fields["seconds_left"] = .count(Int(left)) }
    let total = LogEvent(level: .info, event: "progress", message: message, fields: fields)
    return [total] + state.running.map(event)
  }

  private func event(_ date: RunState.RunningDate) -> LogEvent {
    let phase = date.isClosing ? "closing" : "reading"
    return LogEvent(
      level: .info, event: "running",
      message: "  \(date.tenant) \(date.date) \(phase), "
        + "\(Self.bytes(date.bytesRead, of: date.bytes)), \(date.records) entries",
      fields: [
        "tenant_id": .text("\(date.tenant)"), "business_date": .text("\(date.date)"),
        "doing": .text(phase), "bytes_read": .count(date.bytesRead), "bytes": .count(date.bytes),
        "records_read": .count(date.records),
      ])
  }
}
