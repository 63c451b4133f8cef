import CloseJob

/// How fast a run goes, measured over its last seconds.
struct ProgressRate {
  private static let window = Duration.seconds(8)

  private var marks: [(elapsed: Duration, bytes: Int, records: Int)] = []

  /// Takes note of a state; to be called in the order of time.
  mutating func note(_ state: RunState) {
    marks.append((state.elapsed, state.bytesRead, state.records))
    // One mark from before the window stays, so that the window is whole.
    while marks.count > 2, state.elapsed - marks[1].elapsed >= Self.window { marks.removeFirst() }
  }

  /// Entries in a second.
  var entriesPerSecond: Double { perSecond { Double($0.records) } }

  /// How long reading what is left will take, in seconds; `nil` if nobody can tell yet.
  func secondsLeft(_ state: RunState) -> Double? {
    let rate = perSecond { Double($0.bytes) }
    guard let bytes = state.bytes, rate > 0 else { return nil }
    return Double(bytes - state.bytesRead) / rate
  }

  private func perSecond(
    _ measure: ((elapsed: Duration, bytes: Int, records: Int)) -> Double
  ) -> Double {
    guard let last = marks.last else { return 0 }
    // With one mark, since the run began.
    let first = marks.count > 1 ? marks[0] : (elapsed: .zero, bytes: 0, records: 0)
    let seconds = (last.elapsed - first.elapsed).seconds
    return seconds > 0 ? (measure(last) - measure(first)) / seconds : 0
  }
}

extension Duration {
  /// In seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
