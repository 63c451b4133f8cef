public import LedgerDomain

/// The state of a run at one moment.
public struct RunState: Sendable {
  /// A date that is being read or closed.
  public struct RunningDate: Sendable {
    /// The tenant.
    public let tenant: TenantID
    /// The date.
    public let date: BusinessDate
    /// Whether its parts have been read and it is being closed.
    public let isClosing: Bool
    /// Bytes of its parts on disk read so far.
    public let bytesRead: Int
    /// Bytes of its parts on disk.
    public let bytes: Int
    /// Records read so far.
    public let records: Int
  }

  /// The dates that are being read or closed, in the order in which they will be closed.
  public var running: [RunningDate] = []
  /// Dates that are closed and on disk.
  public var datesClosed = 0
  /// Dates that the run closes, including those closed so far.
  public var datesPlanned = 0
  /// Bytes of parts on disk read so far, over all dates.
  public var bytesRead = 0
  /// Bytes of all parts on disk; `nil` until they are added up.
  public var bytes: Int?
  /// Records that were read.
  public var records = 0
  /// How long the run has been running.
  public var elapsed = Duration.zero

  /// The state of a run that has not started.
  public init() {}
}
