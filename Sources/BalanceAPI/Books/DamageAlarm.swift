import SnapshotStore
import Synchronization

/// Whether something in the store is damaged, as a lookup or the proof in the background found.
///
/// It is raised until all books were proved without a new fault.
final class DamageAlarm: Sendable {
  private struct State {
    var isRaised = false
    var faults = 0
  }

  private let state = Mutex(State())
  private let metrics: RequestMetrics
  private let report: @Sendable (String) -> Void

  /// - Parameter report: called with the reason when the alarm is raised, and not again before it was cleared.
  init(metrics: RequestMetrics, report: @escaping @Sendable (String) -> Void) {
    (self.metrics, self.report) = (metrics, report)
  }

  var isRaised: Bool { state.withLock(\.isRaised) }

  /// How many faults were found so far.
  var faults: Int { state.withLock(\.faults) }

  /// Raises the alarm if an error says that the store is damaged.
  func found(_ error: any Error) {
    guard let error = error as? StoreError, [.alteredStore, .notAStore].contains(error.code) else {
      return
    }
    let isNew = state.withLock { state in
      state.faults += 1
      defer { state.isRaised = true }
      return !state.isRaised
    }
    metrics.damageFound()
    if isNew { report("\(error)") }
  }

  /// Clears the alarm once all books were proved.
  ///
  /// - Parameter faults: how many had been found when the proof began; later ones keep the alarm raised.
  func proved(since faults: Int) {
    let isClear = state.withLock { state in
      guard state.faults == faults else { return false }
      state.isRaised = false
      return true
    }
    if isClear { metrics.proved() }
  }
}
