public import LedgerDomain

/// How far a run is at a moment.
public struct RunState: Sendable {
  /// A date that is being worked on.
  public struct RunningDate: Sendable {
    /// Whose.
    public let tenant: TenantID
    /// Which.
    public let date: BusinessDate
    /// Whether its parts are read and it is being closed.
    public let isClosing: Bool
    /// Bytes of its parts on disk that were read.
    public let bytesRead: Int
    /// Bytes of its parts on disk.
    public let bytes: Int
    /// Records that were read.
    public let records: Int
  }

  /// The dates that are being worked on, in the order in which they will be closed.
  public var running: [RunningDate] = []
  /// Dates that are closed and on disk.
  public var datesClosed = 0
  /// Dates that are to be closed, those that are closed among them.
  public var datesPlanned = 0
  /// Bytes of parts on disk that were read, of all dates.
  public var bytesRead = 0
  /// Bytes of all parts on disk; `nil` while they are not added up.
  public var bytes: Int?
  /// Records that were read.
  public var records = 0
  /// How long the run has gone on.
  public var elapsed = Duration.zero

  /// The state of a run that has not begun.
  public init() {}
}
