import Glibc
import Synchronization

/// How a run waits for those who hold the store: for at most so long.
///
/// A commit that has shut out new readers waits for those that it found, and who comes meanwhile waits for
/// the commit. So it looks again four times in a millisecond, where SQLite's own sleeps grow to a tenth of a
/// second; who waits for longer than that looks less often.
final class BusyBackoff: Sendable {
  private static let shortNaps = 200
  private let limit: Duration
  private let began = Mutex(ContinuousClock.now)

  init(limit: Duration = .seconds(30)) { self.limit = limit }

  /// Takes a sleep.
  ///
  /// - Parameter sleeps: how many were taken already of this wait.
  /// - Returns: whether it is worth asking again.
  func sleep(after sleeps: Int) -> Bool {
    let began = began.withLock { began in
      if sleeps == 0 { began = .now }
      return began
    }
    guard .now - began < limit else { return false }
    usleep(sleeps < Self.shortNaps ? 250 : 10_000)
    return true
  }
}
