import DailyClose
import JournalReading
import LedgerDomain
import Reports
import SnapshotStore
import Workers

/// Closes dates in order while the pipeline reads ahead, commits them in groups, and has the reports
/// of what is committed written.
///
/// Several small closes share a transaction, since each commit waits for the disk. A report is never
/// written before its close is on disk.
final class Committer {
  private static let closesPerCommit = 256
  private static let rowsPerCommit = 200_000
  private static let longestWait = Duration.seconds(2)

  private let writer: BookWriter
  private let settings: JobSettings
  private let closer: DateCloser
  private let dayReader: DayReader
  private let reports: ReportQueue?
  private var references: ReferenceData
  private var uncommitted: [CloseRecord] = []
  private var uncommittedRows = 0
  private var uncommittedSince = ContinuousClock.now

  init(
    writer: BookWriter, settings: JobSettings, dayReader: DayReader, isForOneTenant: Bool
  ) {
    self.writer = writer
    self.settings = settings
    self.dayReader = dayReader
    closer = DateCloser(settings: settings, clock: dayReader.clock, writer: writer)
    reports = settings.reports.map { ReportQueue(root: $0) }
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
      var results = try closeAll(tenants.map { try prepare($0.tenant, path: $0.path, last: last) })
      let trouble = reports?.finish() ?? [:]
      for index in results.indices where results[index].trouble == nil {
        results[index].trouble = trouble[results[index].tenant].map { (nil, $0) }
      }
      return results
    } catch {
      _ = reports?.finish()
      try? writer.rollBack()
      throw error
    }
  }

  /// A tenant that is about to be closed; without a plan if that cannot be.
  private struct Prepared {
    var result: TenantResult
    var plan: TenantPlan?
    var openings: [Balance] = []
    var works: [DateWork] = []
  }

  private func prepare(
    _ tenant: TenantID, path: String?, last: BusinessDate
  ) throws -> Prepared {
    var prepared = Prepared(result: TenantResult(tenant: tenant))
    do {
      let state = try writer.reader.tenantState(tenant)
      let plan = try TenantPlan(
        tenant: tenant, path: path, state: state, last: last, settings: settings)
      prepared.result.notes = plan.notes
      if let state { try takeUp(state, plan, &prepared.result) }
      guard plan.count > 0 else { return prepared }
      let chart = try references.chart(of: tenant)
      if state == nil { prepared.openings = try references.openings(of: tenant, chart: chart) }
      prepared.works = plan.works(chart: chart)
      prepared.plan = plan
    } catch  where Self.stopsOneTenant(error) {
      prepared.result.trouble = (nil, "\(error)")
    }
    return prepared
  }

  /// Whether an error is about a tenant's own input or books. Any other, such as a full disk, may
  /// have undone what the open transaction holds of other tenants, and stops the run.
  private static func stopsOneTenant(_ error: any Error) -> Bool {
    if let error = error as? StoreError { return error.code == .alteredStore }
    return error is ReadingError || error is CloseRefusal || error is BalanceOverflow
      || error is SpillError
  }

  /// What is to be done for a tenant that has closes already.
  private func takeUp(_ state: TenantState, _ plan: TenantPlan, _ result: inout TenantResult) throws
  {
    try writer.reader.proveLastDate(state)
    try writeMissingReports(state)
    guard plan.count == 0 else { return }
    guard plan.last >= state.firstDate else {
      result.notes.append("\(plan.last) lies before the first close, \(state.firstDate).")
      return
    }
    let date = min(plan.last, state.closedThrough)
    result.alreadyClosed = try writer.reader.closeHeader(state, date: date)
    try ClosedDateCheck(dayReader: dayReader, reader: writer.reader).check(
      state, plan: plan, date: date, references: &references, notes: &result.notes)
  }

  private func closeAll(_ tenants: [Prepared]) throws -> [TenantResult] {
    let pipeline = ReadingPipeline(
      works: tenants.flatMap(\.works), reader: dayReader,
      workers: settings.jobs ?? CoreBudget.machineCores)
    defer { pipeline.stop() }
    var results: [TenantResult] = []
    var firstIndex = 0
    for tenant in tenants {
      results.append(try close(tenant, from: pipeline, firstIndex: firstIndex))
      firstIndex += tenant.works.count
    }
    try commit()
    return results
  }

  private func close(
    _ tenant: Prepared, from pipeline: ReadingPipeline, firstIndex: Int
  ) throws -> TenantResult {
    var result = tenant.result
    var state = tenant.plan?.state
    for (offset, work) in tenant.works.enumerated() {
      do {
        let reading = try pipeline.reading(firstIndex + offset)
        let closed = try close(reading, openings: tenant.openings, state: state)
        state = closed.state
        result.dates.append(closed.result)
      } catch  where Self.stopsOneTenant(error) {
        result.trouble = (work.date, "\(error)")
        return result
      }
      if isCommitDue { try commit() }
    }
    return result
  }

  private func close(
    _ reading: DayReading, openings: [Balance], state: TenantState?
  ) throws -> ClosedDate {
    if uncommitted.isEmpty {
      try writer.begin()
      uncommittedSince = ContinuousClock.now
    }
    do {
      let closed = try closer.close(reading, openings: openings, state: state)
      uncommitted.append(closed.record)
      uncommittedRows += closed.record.rowCount
      return closed
    } catch {
      if uncommitted.isEmpty { try writer.rollBack() }
      throw error
    }
  }

  private var isCommitDue: Bool {
    uncommitted.count >= Self.closesPerCommit || uncommittedRows >= Self.rowsPerCommit
      || ContinuousClock.now - uncommittedSince >= Self.longestWait
  }

  /// Makes the closes since the last commit durable, then has their reports written.
  private func commit() throws {
    if uncommitted.isEmpty { return }
    try writer.commit()
    reports?.write(uncommitted)
    uncommitted = []
    uncommittedRows = 0
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
    for date in missing.reversed() {
      if let record = try writer.reader.closeRecord(state, date: date) { reports?.write([record]) }
    }
  }
}

extension CloseRecord {
  /// Roughly how many rows the close wrote: what a commit is sized by.
  fileprivate var rowCount: Int { 2 * rollforward.count + restatements.count * 2 + findings.count }
}
