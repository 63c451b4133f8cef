public import CloseJob
import JobConfiguration
import SnapshotStore

/// How a run ended, for metrics and notifications.
public struct RunOutcome: Sendable {
  /// The exit code.
  public let exitCode: Int32
  /// What the run did; `nil` if it could not begin or was cut short.
  public let result: RunResult?
  /// Why it could not begin or was cut short.
  public let failure: String?
  /// When it began, in seconds since 1970.
  public let startedAt: Int64
  /// When it ended, in seconds since 1970.
  public let finishedAt: Int64

  /// The exit code of an error: 64 for usage, 75 if another run holds the lock, otherwise 2.
  public static func exitCode(of error: any Error) -> Int32 {
    if error is UsageError { return 64 }
    if let error = error as? StoreError, error.code == .locked { return 75 }
    return 2
  }

  /// The name of the outcome; stable.
  public var name: String {
    switch exitCode {
    case 0: "ties_out"
    case 1: "closed_with_breaks"
    case 64: "usage"
    case 75: "locked"
    default: "failure"
    }
  }

  /// The outcome in a phrase without figures or names, safe to send to third parties.
  public var summary: String {
    switch exitCode {
    case 0: "everything ties out"
    case 1: "closed, with breaks or quarantined records"
    case 64: "invalid option or job file"
    case 75: "another run holds the lock"
    default: "failure: dates that could not be closed are not published"
    }
  }
}
