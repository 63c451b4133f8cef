import Synchronization

/// Where lookups wait while a close commits: one of them, the leader, retries; the others sleep until the
/// leader succeeds or times out.
///
/// If every lookup retried, they would take the CPU time that the commit needs.
final class CommitWait: Sendable {
  private struct State {
    var hasLeader = false
    var followers: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// The number of lookups that sleep.
  var followerCount: Int { state.withLock { $0.followers.count } }

  /// Makes the caller the leader, unless there is one. A leader must call `leaderFinished`, whatever happens.
  func becomeLeader() -> Bool {
    state.withLock { state in
      defer { state.hasLeader = true }
      return !state.hasLeader
    }
  }

  /// Sleeps until the leader has finished; returns at once if there is no leader.
  func waitForLeader() async {
    await withCheckedContinuation { continuation in
      let isFinished = state.withLock { state in
        if state.hasLeader { state.followers.append(continuation) }
        return !state.hasLeader
      }
      if isFinished { continuation.resume() }
    }
  }

  /// Wakes the followers. The next lookup that has to wait becomes the leader.
  func leaderFinished() {
    let followers = state.withLock { state in
      defer { state = State() }
      return state.followers
    }
    for follower in followers { follower.resume() }
  }
}
