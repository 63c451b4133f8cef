import Glibc
import Synchronization

/// How a run retries while another process has the database locked: for a limited time.
///
/// A commit first locks out new readers, then waits for the current ones to end. New readers wait for
/// the commit, so they retry every quarter of a millisecond; SQLite's own delays grow to 0.1 s. After 50
/// ms they retry less often.
final class BusyBackoff: Sendable {
  private static let shortSleeps = 200
  private let limit: Duration
  private let began = Mutex(ContinuousClock.now)

  init(limit: Duration = .seconds(30)) { self.limit = limit }

  /// Sleeps before the next attempt.
  ///
  /// - Parameter attempts: how many times this wait has slept already; 0 starts a new wait.
  /// - Returns: whether to try again; `false` when the limit has passed.
  func sleep(afterAttempts attempts: Int) -> Bool {
    let began = began.withLock { began in
      if attempts == 0 { began = .now }
      return began
    }
    guard .now - began < limit else { return false }
    usleep(attempts < Self.shortSleeps ? 250 : 10_000)
    return true
  }
}
