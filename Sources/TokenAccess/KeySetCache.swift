import JWTKit
import Synchronization

/// The issuer's keys, kept current.
///
/// They are asked for when the server starts, from then on every five minutes, and when a token
/// names one that is not there, though not more often than every thirty seconds: nobody can make the
/// server flood its issuer. While the issuer does not answer, the last good set stays.
public final class KeySetCache: Sendable {
  /// What became of asking for keys.
  public enum Event: Sendable {
    /// There are other keys than before; the sentences say which of the document are left out.
    case changed(keyCount: Int, leftOut: [String])
    /// They are as they were.
    case unchanged
    /// They could not be had; the last good set stays, if there is one.
    case failed(String)
  }

  /// How keys are kept current.
  public struct Timing: Sendable {
    /// Between two times that keys are asked for unasked, in seconds.
    public var refreshSeconds: Double = 300
    /// Between two times that a token can make keys be asked for, in seconds.
    public var unknownKeySeconds: Double = 30
    /// Five minutes and thirty seconds.
    public init() {}
  }

  private struct State {
    var set: KeySet?
    var generation = 0
    var lastAttempt: ContinuousClock.Instant?
    var running: Task<Void, Never>?
  }

  private let source: KeySource
  private let timing: Timing
  private let report: @Sendable (Event) -> Void
  private let state = Mutex(State())

  /// A ring that has no keys yet.
  ///
  /// - Parameter report: told what became of each time that keys were asked for.
  public init(
    source: KeySource, timing: Timing = Timing(), report: @escaping @Sendable (Event) -> Void
  ) {
    self.source = source
    self.timing = timing
    self.report = report
  }

  /// Whether a set was ever had.
  public var hasKeys: Bool { state.withLock { $0.set != nil } }

  /// Counts the changes of the set: what was verified with an earlier one must be verified again.
  var generation: Int { state.withLock { $0.generation } }

  /// Asks for the keys now, or waits for the asking that is under way.
  public func refresh() async {
    let task = state.withLock { state in
      if let running = state.running { return running }
      let task = Task { await self.ask() }
      state.running = task
      state.lastAttempt = .now
      return task
    }
    await task.value
  }

  /// Keeps the keys current until the task is cancelled.
  public func keepCurrent() async {
    while !Task.isCancelled {
      // The first good set is waited for eagerly.
      let pause = hasKeys ? timing.refreshSeconds : min(timing.refreshSeconds, 5)
      do { try await Task.sleep(for: .seconds(pause)) } catch { return }
      await refresh()
    }
  }

  /// The key of that name; asks the issuer if it is not there and that is allowed again.
  func key(_ name: KeyID) async -> (key: any JWTAlgorithm, generation: Int)? {
    if let key = known(name) { return key }
    let isAllowed = state.withLock { state in
      guard state.running == nil, let last = state.lastAttempt else { return true }
      return .now - last >= .seconds(timing.unknownKeySeconds)
    }
    guard isAllowed else { return nil }
    await refresh()
    return known(name)
  }

  private func known(_ name: KeyID) -> (key: any JWTAlgorithm, generation: Int)? {
    state.withLock { state in state.set?.keys[name].map { ($0, state.generation) } }
  }

  private func ask() async {
    let outcome: Event
    do {
      let set = try await KeySet(try await source.document())
      let isOther = state.withLock { state in
        defer { state.running = nil }
        if state.set?.digest == set.digest { return false }
        state.set = set
        state.generation += 1
        return true
      }
      outcome =
        isOther ? .changed(keyCount: set.keys.count, leftOut: set.leftOut) : .unchanged
    } catch {
      state.withLock { $0.running = nil }
      outcome = .failed("\(source): \(error)")
    }
    report(outcome)
  }
}
