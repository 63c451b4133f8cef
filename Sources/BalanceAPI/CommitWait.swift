import Synchronization

/// Where look-ups wait together while a close commits: one of them, the scout, asks again and again; the
/// others sleep until it got through or gave up.
///
/// If each asked for itself, they would take from the commit the CPU that it needs to end.
final class CommitWait: Sendable {
  private struct State {
    var hasScout = false
    var sleeping: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// Makes the caller the scout, unless there is one. A scout is to call `scoutReturned` in any case.
  func becomeScout() -> Bool {
    state.withLock { state in
      defer { state.hasScout = true }
      return !state.hasScout
    }
  }

  /// Sleeps until the scout is back.
  func untilScoutReturns() async {
    await withCheckedContinuation { continuation in
      let isBack = state.withLock { state in
        if state.hasScout { state.sleeping.append(continuation) }
        return !state.hasScout
      }
      if isBack { continuation.resume() }
    }
  }

  /// Wakes those that sleep.
  func scoutReturned() {
    let sleeping = state.withLock { state in
      defer { state = State() }
      return state.sleeping
    }
    for continuation in sleeping { continuation.resume() }
  }
}
