public import JobConfiguration
public import LedgerDomain
import Reports
import SnapshotStore

/// A recorded certification.
public struct SignoffResult: Sendable {
  /// The close that was certified.
  public let header: CloseHeader
  /// The later closes that restated its date: the certification covers their versions.
  public let restatedBy: [RestatingClose]
}

/// A certification that was recorded but is not in the date's reports yet.
public struct SignoffReportError: Error, Sendable, CustomStringConvertible {
  let signoff: SignoffResult
  let reason: ReportError

  /// What happened and what to do.
  public var description: String {
    "the certification of \(signoff.header.businessDate), close \(signoff.header.closeID), is "
      + "recorded, but \(reason.path) cannot be written: \(reason.reason). Correct this and run tieout "
      + "report --date \(signoff.header.businessDate). Do not certify again: it would be recorded twice."
  }
}

/// `tieout signoff`: records who certified a close.
public struct SignoffRun {
  private let configuration: SignoffConfiguration
  private let clock: RunClock
  private let date: BusinessDate
  private let name: String
  private let note: String

  /// A certification of a tenant's date.
  ///
  /// - Throws: `UsageError` if the store, the tenant or the name is not given.
  public init(
    settings: JobSettings, clock: RunClock, date: BusinessDate, name: String, note: String
  ) throws(UsageError) {
    configuration = try SignoffConfiguration(settings)
    guard !name.allSatisfy({ $0.isWhitespace }) else {
      throw UsageError("--by: give the name of the person who certifies the close.")
    }
    self.clock = clock
    self.date = date
    self.name = name
    self.note = note
  }

  /// Certifies the date's current close, and rewrites its report set if the job has reports.
  ///
  /// A close with breaks can be certified; the reports show both.
  ///
  /// - Parameter waiting: called before waiting for the lock that another run holds.
  /// - Returns: what was certified.
  /// - Throws: `CloseRefusal` with `not_closed`; `StoreError` with `altered_store` if the books are not
  ///   those that were closed; `SignoffReportError`.
  public func run(waiting: (() -> Void)? = nil) throws -> SignoffResult {
    try BookStore.writeLocked(at: configuration.store, waiting: waiting) { writer in
      guard let state = try writer.reader.tenantState(configuration.tenant),
        let header = try writer.reader.closeHeader(state, date: date)
      else {
        throw CloseRefusal(
          .notClosed, "\(date) is not closed for tenant \(configuration.tenant). See tieout status."
        )
      }
      try writer.reader.proveClose(header.closeID, state)
      try writer.begin()
      try writer.certify(header, state, name: name, note: note, at: clock.timestamp())
      try writer.commit()
      let signoff = SignoffResult(
        header: header, restatedBy: try writer.reader.restatingCloses(state, since: header))
      if let overview = configuration.overview,
        let record = try writer.reader.closeRecord(state, date: date)
      {
        do {
          try ReportSet.write([record], overview.options, below: overview.reports)
          try ReportSet.sync(overview.reports)
          try OverviewUpdate(reader: writer.reader, configuration: overview).run()
        } catch let error as ReportError {
          throw SignoffReportError(signoff: signoff, reason: error)
        }
      }
      return signoff
    }
  }
}
