public import LedgerDomain

/// What a person asks of a run, beside what the job is told.
public struct CloseRequest: Sendable {
  /// The first date of a backfill; `nil` to close what is not closed yet.
  public var from: BusinessDate?
  /// Whether a closed date whose input changed is closed again.
  public var recloses = false
  /// Called if another run holds the lock, which is then waited for; `nil` to fail at once.
  public var waiting: (@Sendable () -> Void)?

  /// The nightly request: what is not closed yet, nothing again, and no waiting.
  public init() {}
}
