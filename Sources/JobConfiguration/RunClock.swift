import Foundation
import LedgerDomain

/// The time of day, passed in so that a run can be repeated.
public struct RunClock: Sendable {
  /// Seconds since 1970-01-01 UTC.
  public let now: @Sendable () -> Int64

  /// A clock that asks the closure.
  public init(now: @escaping @Sendable () -> Int64) {
    self.now = now
  }

  /// The system's clock.
  public static let system = RunClock { Int64(Date().timeIntervalSince1970) }

  /// The time as RFC 3339 in UTC, to the second.
  public func timestamp() -> String { RFC3339.string(second: now()) }
}
