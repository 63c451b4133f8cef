import DailyClose
import JournalReading
import LedgerDomain
import Reports
import SnapshotStore

/// Reads and closes dates in order, commits them in groups, and writes the reports of what is
/// committed.
///
/// Several small closes share a transaction, since each commit waits for the disk. A report is never
/// written before its close is on disk.
final class Committer {
  private static let closesPerCommit = 64
  private static let rowsPerCommit = 100_000

  private let writer: BookWriter
  private let settings: JobSettings
  private let closer: DateCloser
  private let dayReader: DayReader
  private var references: ReferenceData
  private var uncommitted: [(state: TenantState, date: BusinessDate)] = []
  private var uncommittedRows = 0
  private var reportTrouble: [TenantID: String] = [:]

  init(
    writer: BookWriter, settings: JobSettings, clock: RunClock, calendar: LedgerCalendar,
    isForOneTenant: Bool
  ) {
    self.writer = writer
    self.settings = settings
    closer = DateCloser(settings: settings, clock: clock, writer: writer)
    dayReader = DayReader(settings: settings, calendar: calendar, clock: clock)
    references = ReferenceData(settings: settings, isForOneTenant: isForOneTenant)
  }

  /// Closes the tenants' dates.
  ///
  /// - Parameters:
  ///   - tenants: the tenants in the order of their ids, each with its directory if it has one.
  ///   - last: the last date to close.
  func close(
    _ tenants: [(tenant: TenantID, path: String?)], through last: BusinessDate
  ) throws -> [TenantResult] {
    do {
      var results = try tenants.map { try close($0.tenant, path: $0.path, through: last) }
      try commit()
      for index in results.indices {
        if let message = reportTrouble[results[index].tenant], results[index].trouble == nil {
          results[index].trouble = (nil, message)
        }
      }
      return results
    } catch {
      try? writer.rollBack()
      throw error
    }
  }

  private func close(
    _ tenant: TenantID, path: String?, through last: BusinessDate
  ) throws -> TenantResult {
    var result = TenantResult(tenant: tenant)
    var date: BusinessDate?
    do {
      let state = try writer.reader.tenantState(tenant)
      let plan = try TenantPlan(
        tenant: tenant, path: path, state: state, last: last, settings: settings)
      result.notes = plan.notes
      if let state { try takeUp(state, plan, &result) }
      if plan.count > 0 { try close(plan, &result, &date) }
    } catch let error as StoreError where error.code == .writeFailed || error.code == .locked {
      throw error
    } catch {
      result.trouble = (date, "\(error)")
    }
    return result
  }

  /// What is to be done for a tenant that has closes already.
  private func takeUp(_ state: TenantState, _ plan: TenantPlan, _ result: inout TenantResult) throws {
    try writer.reader.proveLastDate(state)
    if plan.count == 0 {
      let date = max(min(plan.last, state.closedThrough), state.firstDate)
      if plan.last < state.firstDate {
        result.notes.append("\(plan.last) lies before the first close, \(state.firstDate).")
        return
      }
      result.alreadyClosed = try writer.reader.closeHeader(state, date: date)
      try ClosedDateCheck(dayReader: dayReader, reader: writer.reader).check(
        state, plan: plan, date: date, references: &references, notes: &result.notes)
    }
    try writeMissingReports(state)
  }

  private func close(
    _ plan: TenantPlan, _ result: inout TenantResult, _ date: inout BusinessDate?
  ) throws {
    var state = plan.state
    let chart = try references.chart(of: plan.tenant)
    let openings = try state == nil ? references.openings(of: plan.tenant, chart: chart) : []
    for offset in 0..<plan.count {
      let day = plan.first.advanced(by: offset)
      date = day
      let work = DateWork(
        tenant: plan.tenant, tenantPath: plan.path, date: day,
        firstDate: state?.firstDate ?? plan.first, chart: chart)
      let reading = try dayReader.read(work)
      if uncommitted.isEmpty { try writer.begin() }
      let closed: (state: TenantState, result: DateResult)
      do {
        closed = try closer.close(reading, openings: openings, state: state)
      } catch {
        if uncommitted.isEmpty { try writer.rollBack() }
        throw error
      }
      state = closed.state
      result.dates.append(closed.result)
      uncommitted.append((closed.state, day))
      uncommittedRows += closed.result.writtenRows
      if uncommitted.count >= Self.closesPerCommit || uncommittedRows >= Self.rowsPerCommit {
        try commit()
      }
    }
  }

  /// Makes the closes since the last commit durable, then writes their reports.
  private func commit() throws {
    if uncommitted.isEmpty { return }
    try writer.commit()
    let committed = uncommitted
    uncommitted = []
    uncommittedRows = 0
    for close in committed { writeReports(close.state, close.date) }
  }

  private func writeReports(_ state: TenantState, _ date: BusinessDate) {
    guard let root = settings.reports, reportTrouble[state.tenant] == nil else { return }
    do {
      guard let record = try writer.reader.closeRecord(state, date: date) else { return }
      _ = try ReportSet.write(record, below: root)
    } catch {
      reportTrouble[state.tenant] = "\(error)"
    }
  }

  /// Writes the reports that a killed run left out: those of the last dates, back to one that is there.
  private func writeMissingReports(_ state: TenantState) throws {
    guard let root = settings.reports else { return }
    var missing: [BusinessDate] = []
    var date = state.closedThrough
    while date >= state.firstDate, let header = try writer.reader.closeHeader(state, date: date),
      !ReportSet.isPresent(header, below: root)
    {
      missing.append(date)
      date = date.advanced(by: -1)
    }
    for date in missing.reversed() { writeReports(state, date) }
  }
}

extension DateResult {
  /// Roughly how many rows the close wrote: what a commit is sized by.
  fileprivate var writtenRows: Int { 2 * header.entriesAccepted.clamped(to: 100...20_000) }
}

extension Int {
  fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
