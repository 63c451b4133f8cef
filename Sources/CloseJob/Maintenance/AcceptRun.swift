public import JobConfiguration
public import LedgerDomain
import Reports
import SnapshotStore

/// What was decided about the quarantined records of a date.
public struct AcceptResult: Sendable {
  /// The close that left the records out.
  public let header: CloseHeader
  /// The records that were accepted, or are open again.
  public let decided: QuarantineSum
  /// The records of the date that are open now.
  public let open: QuarantineSum
}

/// A decision that was recorded but is not in the dates' reports yet.
public struct AcceptNotReported: Error, Sendable, CustomStringConvertible {
  let dates: ClosedRange<BusinessDate>
  let reason: ReportError

  /// What happened and what to do.
  public var description: String {
    "the decision on the quarantined records is recorded, but \(reason.path) cannot be written: "
      + "\(reason.reason). Correct this and run tieout report --date \(dates.lowerBound) --to "
      + "\(dates.upperBound). Do not accept again: it is done."
  }
}

/// `tieout accept`: records who decided that quarantined records stay out of the balances, or takes that
/// back.
public struct AcceptRun {
  private let configuration: SignoffConfiguration
  private let clock: RunClock
  private let dates: ClosedRange<BusinessDate>
  private let scopes: [QuarantineAcceptance.Scope]
  private let isUndo: Bool
  private let name: String
  private let note: String

  /// A decision about a tenant's quarantined records.
  ///
  /// - Parameters:
  ///   - settings: the store, the tenant and the reports.
  ///   - clock: gives the time of the decision.
  ///   - dates: the closed dates; those without records of the scope are skipped if there are several.
  ///   - scopes: the records; empty for all of the dates.
  ///   - isUndo: whether an earlier decision is taken back.
  ///   - name: who decides.
  ///   - note: why.
  /// - Throws: `UsageError` if the store, the tenant, the name or the note is not given.
  public init(
    settings: JobSettings, clock: RunClock, dates: ClosedRange<BusinessDate>,
    scopes: [QuarantineAcceptance.Scope], isUndo: Bool, name: String, note: String
  ) throws(UsageError) {
    configuration = try SignoffConfiguration(settings)
    guard !name.allSatisfy({ $0.isWhitespace }) else {
      throw UsageError("--by: give the name of the person who decides.")
    }
    guard !note.allSatisfy({ $0.isWhitespace }) else {
      throw UsageError("--note: say why the records may stay out, or why not any more.")
    }
    self.clock = clock
    self.dates = dates
    self.scopes = scopes.isEmpty ? [.everything] : scopes
    self.isUndo = isUndo
    self.name = name
    self.note = note
  }

  /// Records the decision for the current close of each date, and rewrites its report set if the job has
  /// reports. All of it is recorded, or nothing.
  ///
  /// - Parameter waiting: called before waiting for the lock that another run holds.
  /// - Returns: what was decided, date by date.
  /// - Throws: `CloseRefusal` with `not_closed`, `not_quarantined`, `not_open` or `not_accepted`;
  ///   `StoreError` with `altered_store` if the books are not those that were closed;
  ///   `AcceptNotReported`.
  public func run(waiting: (() -> Void)? = nil) throws -> [AcceptResult] {
    try BookStore.writeLocked(at: configuration.store, waiting: waiting) { writer in
      guard let state = try writer.reader.tenantState(configuration.tenant) else {
        throw CloseRefusal(
          .notClosed, "tenant \(configuration.tenant) has no books. See tieout status.")
      }
      try writer.begin()
      let results = try decide(writer, state)
      try writer.commit()
      try writeReports(of: results, writer, state)
      return results
    }
  }

  private func decide(_ writer: BookWriter, _ state: TenantState) throws -> [AcceptResult] {
    if dates.lowerBound == dates.upperBound { return [try decide(dates.lowerBound, writer, state)] }
    let results = try (0...dates.lowerBound.days(to: dates.upperBound)).compactMap { offset in
      do {
        return try decide(dates.lowerBound.advanced(by: offset), writer, state)
      } catch let refusal as CloseRefusal where refusal.isSkippedInRange {
        return nil
      }
    }
    guard results.isEmpty else { return results }
    throw CloseRefusal(
      isUndo ? .notAccepted : .notOpen,
      "no date from \(dates.lowerBound) to \(dates.upperBound) has such quarantined records that are "
        + "\(isUndo ? "accepted" : "open"). See tieout status.")
  }

  private func decide(
    _ date: BusinessDate, _ writer: BookWriter, _ state: TenantState
  ) throws -> AcceptResult {
    guard let header = try writer.reader.closeHeader(state, date: date) else {
      throw CloseRefusal(
        .notClosed, "\(date) is not closed for tenant \(configuration.tenant). See tieout status.")
    }
    try writer.reader.proveClose(header.closeID, state)
    try writer.reader.proveRecord(header.closeID, state)
    let before = try writer.reader.quarantine(of: header.closeID)
    let check = AcceptanceCheck(header: header, isUndo: isUndo)
    var after = before
    for scope in scopes {
      try check.refuse(scope, after)
      let acceptance = QuarantineAcceptance(
        scope: scope, isUndo: isUndo, name: name, note: note, acceptedAt: clock.timestamp())
      try writer.accept(acceptance, of: header, state)
      after = after.adding(acceptance)
    }
    return AcceptResult(
      header: header,
      decided: isUndo
        ? after.open.subtracting(before.open) : before.open.subtracting(after.open),
      open: after.open)
  }

  private func writeReports(
    of results: [AcceptResult], _ writer: BookWriter, _ state: TenantState
  ) throws {
    guard let overview = configuration.overview else { return }
    do {
      for result in results {
        let date = result.header.businessDate
        guard let record = try writer.reader.closeRecord(state, date: date) else { continue }
        try ReportSet.write([record], overview.options, below: overview.reports)
      }
      try ReportSet.sync(overview.reports)
      try OverviewUpdate(reader: writer.reader, configuration: overview).run()
    } catch let error as ReportError {
      throw AcceptNotReported(dates: dates, reason: error)
    }
  }
}

extension CloseRefusal {
  /// Whether a date of several has nothing to decide.
  fileprivate var isSkippedInRange: Bool {
    [.notClosed, .notQuarantined, .notOpen, .notAccepted].contains(code)
  }
}
