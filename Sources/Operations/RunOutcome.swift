public import CloseJob
import SnapshotStore

/// How a run ended, for those who are told.
public struct RunOutcome: Sendable {
  /// The exit code.
  public let exitCode: Int32
  /// What the run did; `nil` if it could not begin, or ended in the middle.
  public let result: RunResult?
  /// What ended it, if it could not begin or ended in the middle.
  public let failure: String?
  /// When it began and ended, in seconds since 1970.
  public let began: Int64
  /// When it ended, in seconds since 1970.
  public let ended: Int64

  /// The exit code of an error: 64 for usage, 75 if another run holds the lock, else 2.
  public static func exitCode(of error: any Error) -> Int32 {
    if error is UsageError { return 64 }
    if let error = error as? StoreError, error.code == .locked { return 75 }
    return 2
  }

  /// The outcome in a word; stable.
  public var word: String {
    switch exitCode {
    case 0: "ties_out"
    case 1: "closed_with_breaks"
    case 64: "usage"
    case 75: "locked"
    default: "failure"
    }
  }

  /// The outcome in a sentence without figures or names, fit for anybody.
  public var sentence: String {
    switch exitCode {
    case 0: "everything ties out"
    case 1: "closed, with breaks or quarantined records"
    case 64: "a wrong option or job file"
    case 75: "another run holds the lock"
    default: "failure: what could not be closed is not published"
    }
  }
}
