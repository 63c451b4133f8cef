import CloseJob

/// The throughput of a run, measured over its last seconds.
struct ProgressRate {
  private static let window = Duration.seconds(8)

  private var samples: [(elapsed: Duration, bytes: Int, records: Int)] = []

  /// Records a state. States must be recorded in chronological order.
  mutating func record(_ state: RunState) {
    samples.append((state.elapsed, state.bytesRead, state.records))
    // One sample older than the window stays, so that the window is fully covered.
    while samples.count > 2, state.elapsed - samples[1].elapsed >= Self.window {
      samples.removeFirst()
    }
  }

  /// Entries read per second.
  var entriesPerSecond: Double { perSecond { Double($0.records) } }

  /// Estimated seconds to read the remaining bytes; `nil` while there is no estimate.
  func secondsLeft(_ state: RunState) -> Double? {
    let rate = perSecond { Double($0.bytes) }
    guard let bytes = state.bytes, rate > 0 else { return nil }
    return Double(bytes - state.bytesRead) / rate
  }

  private func perSecond(
    _ measure: ((elapsed: Duration, bytes: Int, records: Int)) -> Double
  ) -> Double {
    guard let last = samples.last else { return 0 }
    // With a single sample, measure from the beginning of the run.
    let first = samples.count > 1 ? samples[0] : (elapsed: .zero, bytes: 0, records: 0)
    let seconds = (last.elapsed - first.elapsed).seconds
    return seconds > 0 ? (measure(last) - measure(first)) / seconds : 0
  }
}

extension Duration {
  /// In seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
