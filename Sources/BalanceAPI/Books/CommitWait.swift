import Synchronization

/// Where look-ups wait together while a close commits: one of them, the leader, asks again and again; the
/// others sleep until it got through or gave up.
///
/// If each asked for itself, they would take from the commit the CPU that it needs to end.
final class CommitWait: Sendable {
  private struct State {
    var hasLeader = false
    var sleeping: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// Makes the caller the leader, unless there is one. A leader is to call `leaderReturned` in any case.
  func becomeLeader() -> Bool {
    state.withLock { state in
      defer { state.hasLeader = true }
      return !state.hasLeader
    }
  }

  /// Sleeps until the leader is back.
  func untilLeaderReturns() async {
    await withCheckedContinuation { continuation in
      let isBack = state.withLock { state in
        if state.hasLeader { state.sleeping.append(continuation) }
        return !state.hasLeader
      }
      if isBack { continuation.resume() }
    }
  }

  /// Wakes those that sleep.
  func leaderReturned() {
    let sleeping = state.withLock { state in
      defer { state = State() }
      return state.sleeping
    }
    for continuation in sleeping { continuation.resume() }
  }
}
