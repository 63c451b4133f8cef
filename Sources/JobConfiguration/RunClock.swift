import Foundation
import LedgerDomain

/// The clock of a run, passed in to make runs reproducible.
public struct RunClock: Sendable {
  /// Seconds since 1970-01-01 UTC.
  public let now: @Sendable () -> Int64

  /// A clock that calls the closure for the time.
  public init(now: @escaping @Sendable () -> Int64) {
    self.now = now
  }

  /// The system's clock.
  public static let system = RunClock { Int64(Date().timeIntervalSince1970) }

  /// The time as RFC 3339 in UTC, to the second.
  public func timestamp() -> String { RFC3339.string(second: now()) }
}
