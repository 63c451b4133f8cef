import DailyClose
public import JobConfiguration
import JournalReading
import LedgerDomain
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
  private let closer: DateCloser
  private let dayReader: DateReader
  private let reports: ReportQueue?
  private let progress: CloseProgress
  private var preparation: TenantPreparation
  private var uncommitted: [CloseRecord] = []
  private var uncommittedResults: [DateResult] = []
  private var uncommittedRows = 0
  private var uncommittedSince = ContinuousClock.now

  init(
    writer: BookWriter, dayReader: DateReader, request: CloseRequest, isForOneTenant: Bool
  ) {
    self.writer = writer
    self.dayReader = dayReader
    let progress = dayReader.progress
    self.progress = progress
    closer = DateCloser(dayReader: dayReader, writer: writer)
    reports = dayReader.settings.reports.map { ReportQueue(root: $0, progress: progress) }
    preparation = TenantPreparation(
      reader: writer.reader, dayReader: dayReader, request: request,
      isForOneTenant: isForOneTenant)
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
      let failure = reports?.finish() ?? [:]
      for index in results.indices where results[index].failure == nil {
        guard let message = failure[results[index].tenant] else { continue }
        results[index].failure = (nil, message)
        progress.failed(results[index].tenant, because: message)
      }
      return results
    } catch {
      _ = reports?.finish()
      try? writer.rollBack()
      throw error
    }
  }

  private func prepare(
    _ tenant: TenantID, path: String?, last: BusinessDate
  ) throws -> PreparedTenant {
    var prepared = PreparedTenant(result: TenantResult(tenant: tenant))
    do {
      try progress.measure(.plan) {
        try preparation.prepare(tenant, path: path, last: last, into: &prepared)
        if let state = prepared.state { try writeMissingReports(state) }
      }
    } catch  where Self.stopsOneTenant(error) {
      (prepared.recloses, prepared.works) = ([], [])
      prepared.result.failure = (nil, "\(error)")
      progress.stopped(tenant, at: nil, because: "\(error)")
    }
    return prepared
  }

  /// Whether an error is about a tenant's own input or books. Any other, such as a full disk, may
  /// have undone what the open transaction holds of other tenants, and stops the run.
  private static func stopsOneTenant(_ error: any Error) -> Bool {
    if let error = error as? StoreError { return error.code == .alteredStore }
    return error is ReadingError || error is CloseRefusal || error is BalanceOverflow
      || error is SpillError || error is LoanOverflow
  }

  private func closeAll(_ tenants: [PreparedTenant]) throws -> [TenantResult] {
    progress.planned(
      tenants.map {
        PlannedTenant(tenant: $0.result.tenant, works: $0.recloses + $0.works)
      })
    let pipeline = ReadingPipeline(
      works: tenants.flatMap { $0.recloses + $0.works }, reader: dayReader,
      workers: dayReader.settings.jobs ?? CoreBudget.machineCores)
    defer { pipeline.stop() }
    var results: [TenantResult] = []
    var firstIndex = 0
    for tenant in tenants {
      results.append(try close(tenant, from: pipeline, firstIndex: firstIndex))
      firstIndex += tenant.recloses.count + tenant.works.count
    }
    try commit()
    return results
  }

  private func close(
    _ tenant: PreparedTenant, from pipeline: ReadingPipeline, firstIndex: Int
  ) throws -> TenantResult {
    var tenant = tenant
    do {
      try reclose(&tenant, from: pipeline, firstIndex: firstIndex)
    } catch  where Self.stopsOneTenant(error) {
      stop(&tenant, at: tenant.result.failure?.date, error)
      return tenant.result
    }
    let newIndex = firstIndex + tenant.recloses.count
    for (offset, work) in tenant.works.enumerated() {
      do {
        let reading = try pipeline.reading(newIndex + offset)
        let closed = try inTransaction { [try self.close(reading, tenant)] }
        for closed in closed { take(closed, into: &tenant) }
      } catch  where Self.stopsOneTenant(error) {
        stop(&tenant, at: work.date, error)
        return tenant.result
      }
      if isCommitDue { try commit() }
    }
    return tenant.result
  }

  private func stop(_ tenant: inout PreparedTenant, at date: BusinessDate?, _ error: any Error) {
    tenant.result.failure = (date, "\(error)")
    progress.stopped(tenant.result.tenant, at: date, because: "\(error)")
  }

  /// Closes closed dates again, all of them or none.
  private func reclose(
    _ tenant: inout PreparedTenant, from pipeline: ReadingPipeline, firstIndex: Int
  ) throws {
    if tenant.recloses.isEmpty { return }
    var changing = tenant
    var date = tenant.recloses[0].date
    do {
      let closed = try inTransaction {
        try writer.closing {
          try changing.recloses.enumerated().compactMap { offset, work -> ClosedDate? in
            date = work.date
            let reading = try pipeline.reading(firstIndex + offset)
            guard let closed = try reclose(reading, &changing) else { return nil }
            changing.state = closed.state
            return closed
          }
        }
      }
      tenant = changing
      for closed in closed { take(closed, into: &tenant) }
    } catch {
      tenant.result.failure = (date, "")
      throw error
    }
    if isCommitDue { try commit() }
  }

  /// Closes a date again if its records are others than those that were closed.
  private func reclose(
    _ reading: DateInput, _ tenant: inout PreparedTenant
  ) throws -> ClosedDate? {
    guard let replaced = reading.work.replaces else { return nil }
    let reader = writer.reader
    let isSame = reader.inputDigest(of: reading.tally.input) == replaced.inputDigest
    let hasOtherTape = try closer.hasOtherTape(reading, than: replaced.closeID)
    let hasOtherStatements = try closer.hasOtherStatements(reading, than: replaced.closeID)
    if isSame && !hasOtherTape && !hasOtherStatements {
      tenant.result.alreadyClosed.append(replaced)
      progress.closed(reading.work.tenant, reading.work.date)
      return nil
    }
    let parts = try ClosedDateCheck.differingParts(
      try reader.parts(replaced.closeID), reading.receipts.map { ($0.file, $0.sha256) })
    tenant.result.notes.append(
      "\(reading.work.date) is closed again in place of close \(replaced.closeID), since "
        + (isSame
          ? (hasOtherTape ? "its loan tape changed" : "its bank statements changed")
          : parts.isEmpty ? "other records of its parts are accepted now" : "\(parts) changed")
        + "."
    )
    return try close(reading, tenant)
  }

  private func close(_ reading: DateInput, _ tenant: PreparedTenant) throws -> ClosedDate {
    let (owner, date) = (reading.work.tenant, reading.work.date)
    progress.closing(owner, date)
    defer { progress.closed(owner, date) }
    return try progress.measure(.close) {
      try closer.close(reading, openings: tenant.openings, state: tenant.state)
    }
  }

  private func take(_ closed: ClosedDate, into tenant: inout PreparedTenant) {
    tenant.state = closed.state
    tenant.result.dates.append(closed.result)
    uncommitted.append(closed.record)
    uncommittedResults.append(closed.result)
    uncommittedRows += closed.record.rowCount
  }

  /// Runs writes in the open transaction; if they throw, nothing of them is left in it.
  private func inTransaction(_ body: () throws -> [ClosedDate]) throws -> [ClosedDate] {
    let isNew = uncommitted.isEmpty
    if isNew {
      try writer.begin()
      uncommittedSince = ContinuousClock.now
    }
    do {
      let closed = try body()
      if isNew && closed.isEmpty { try writer.rollBack() }
      return closed
    } catch {
      if isNew { try writer.rollBack() }
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
    try progress.measure(.commit) { try writer.commit() }
    progress.committed(uncommittedResults)
    reports?.write(uncommitted)
    if reports != nil { try writeReportsOfWithdrawn() }
    (uncommitted, uncommittedResults) = ([], [])
    uncommittedRows = 0
  }

  /// Has the report sets written again whose certification the closes just committed withdrew.
  private func writeReportsOfWithdrawn() throws {
    for record in uncommitted where !record.restatements.isEmpty || record.header.replaces != nil {
      let reader = writer.reader
      guard let state = try reader.tenantState(record.header.tenant) else { continue }
      for date in try reader.datesWithdrawn(state, by: record.header.closeID) {
        if let withdrawn = try reader.closeRecord(state, date: date) { reports?.write([withdrawn]) }
      }
    }
  }

  private func writeMissingReports(_ state: TenantState) throws {
    for date in try preparation.closesWithoutReports(state) {
      if let record = try writer.reader.closeRecord(state, date: date) { reports?.write([record]) }
    }
  }
}

extension CloseRecord {
  /// Roughly how many rows the close wrote: what a commit is sized by.
  fileprivate var rowCount: Int { 2 * rollforward.count + restatements.count * 2 + findings.count }
}
