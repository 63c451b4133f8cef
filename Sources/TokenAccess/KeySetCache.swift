import JWTKit
import Synchronization

/// The issuer's key set, kept current.
///
/// It is fetched when the server starts, every five minutes, and when a token names an unknown key, but for
/// tokens at most every thirty seconds, so that nobody can make the server flood its issuer. What the issuer
/// publishes counts at once, also a set without keys. While the issuer does not respond, the last set stays in use,
/// but not for longer than a day: a removed key lives no longer than that.
public final class KeySetCache: Sendable {
  /// The outcome of a fetch.
  public enum Event: Sendable {
    /// The set has changed; one sentence for each skipped key.
    case changed(keyCount: Int, skipped: [String])
    /// The set is unchanged.
    case unchanged
    /// The fetch failed; the last good set, if any, stays in use.
    case failed(String)
  }

  /// The intervals between fetches, and how long a set may be used.
  public struct Timing: Sendable {
    /// Seconds between regular fetches.
    public var refreshSeconds: Double = 300
    /// The least number of seconds between fetches caused by tokens with an unknown key.
    public var unknownKeySeconds: Double = 30
    /// How long a set is used after it was last fetched, in seconds.
    public var ageMaxSeconds: Double = 86_400
    /// Five minutes, thirty seconds and a day.
    public init() {}
  }

  private struct State {
    var set: KeySet?
    var generation = 0
    var lastAttempt: ContinuousClock.Instant?
    var lastSuccess: ContinuousClock.Instant?
    var fetching: Task<Void, Never>?
  }

  private let source: KeySource
  private let timing: Timing
  private let now: @Sendable () -> ContinuousClock.Instant
  private let report: @Sendable (Event) -> Void
  private let state = Mutex(State())

  /// A cache that has no keys yet.
  ///
  /// - Parameters:
  ///   - now: the time by which a set ages.
  ///   - report: called with the outcome of each fetch.
  public init(
    source: KeySource, timing: Timing = Timing(),
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
    report: @escaping @Sendable (Event) -> Void
  ) {
    self.now = now
    self.source = source
    self.timing = timing
    self.report = report
  }

  /// Whether there is a current set that has keys.
  public var hasKeys: Bool {
    generation != nil && state.withLock { $0.set?.keys.isEmpty == false }
  }

  /// Counts the changes of the set: tokens verified with an earlier set must be verified again. `nil` if no set was
  /// ever fetched, or none for too long.
  var generation: Int? {
    let now = now()
    return state.withLock { state in
      guard let last = state.lastSuccess, now - last <= .seconds(timing.ageMaxSeconds) else {
        return nil
      }
      return state.generation
    }
  }

  /// Fetches the set now, or waits for the fetch in progress.
  public func refresh() async {
    let task = state.withLock { state in
      if let fetching = state.fetching { return fetching }
      let task = Task { await self.fetch() }
      state.fetching = task
      state.lastAttempt = now()
      return task
    }
    await task.value
  }

  /// Fetches the set regularly until the task is cancelled.
  public func keepCurrent() async {
    while !Task.isCancelled {
      // Until there is a set, try every five seconds.
      let pause = hasKeys ? timing.refreshSeconds : min(timing.refreshSeconds, 5)
      do { try await Task.sleep(for: .seconds(pause)) } catch { return }
      await refresh()
    }
  }

  /// The key with an ID; fetches the set if the key is unknown and the interval has passed.
  func key(_ id: KeyID) async -> (key: any JWTAlgorithm, generation: Int)? {
    if let key = cachedKey(id) { return key }
    let isAllowed = state.withLock { state in
      guard state.fetching == nil, let last = state.lastAttempt else { return true }
      return now() - last >= .seconds(timing.unknownKeySeconds)
    }
    guard isAllowed else { return nil }
    await refresh()
    return cachedKey(id)
  }

  private func cachedKey(_ id: KeyID) -> (key: any JWTAlgorithm, generation: Int)? {
    state.withLock { state in state.set?.keys[id].map { ($0, state.generation) } }
  }

  private func fetch() async {
    let outcome: Event
    do {
      let set = try await KeySet(try await source.document())
      let isChanged = state.withLock { state in
        defer { state.fetching = nil }
        state.lastSuccess = now()
        if state.set?.digest == set.digest { return false }
        state.set = set
        state.generation += 1
        return true
      }
      outcome =
        isChanged ? .changed(keyCount: set.keys.count, skipped: set.skipped) : .unchanged
    } catch {
      state.withLock { $0.fetching = nil }
      outcome = .failed("\(source): \(error)")
    }
    report(outcome)
  }
}
