import JobConfiguration
import JournalReading
import LedgerDomain
import SnapshotStore

extension CloseRun {
  /// Determines what `run` would do without changing anything: no store, no lock, no report.
  ///
  /// Exports of dates to close are listed but not read, so faults in their records are not found.
  ///
  /// - Throws: `StoreError` if there is a store that cannot be read; `ReadingError` if the exports
  ///   cannot be listed.
  public func dryRun() throws -> DryRun {
    let found = try ExportLayout(root: configuration.exports).tenants()
    if let entry = found.unexpectedEntries.first { throw entry }
    let paths = Dictionary(found.tenants.map { ($0.tenant, $0.path) }, uniquingKeysWith: { $1 })
    guard BookStore.exists(at: configuration.store) else {
      let tenants = try chosenTenants(found.tenants, found.unexpectedEntries, nil)
      return DryRun(tenants: try tenants.map { try dryRun($0, paths[$0], nil) })
    }
    return try BookStore(readingFrom: configuration.store).read { reader in
      let tenants = try chosenTenants(found.tenants, found.unexpectedEntries, reader)
      return DryRun(tenants: try tenants.map { try dryRun($0, paths[$0], reader) })
    }
  }

  private func dryRun(
    _ tenant: TenantID, _ path: String?, _ reader: BookReader?
  ) throws -> DryRun.Tenant {
    var result = DryRun.Tenant(tenant: tenant)
    do {
      let state = try reader?.tenantState(tenant)
      let plan = try TenantPlan(
        tenant: tenant, path: path, state: state, last: lastDate,
        configuration: configuration.reading,
        request: request)
      result.notes = plan.notes
      if let state { try reader?.proveLastDate(state) }
      var tables = ChartAndOpenings(
        chart: configuration.chart, opening: configuration.opening, isForOneTenant: false)
      let chart = try tables.chart(of: tenant)
      if let reader, let state {
        for date in plan.closedDates {
          result.dates.append(try closed(plan.task(date, chart: chart), state, reader))
        }
      }
      for date in plan.newDates { result.dates.append(new(plan.task(date, chart: chart))) }
    } catch let error as ReadingError {
      result.failure = error.description
    } catch let error as CloseRefusal {
      result.failure = error.description
    } catch let error as StoreError where error.code == .alteredStore {
      result.failure = error.description
    }
    return result
  }

  private func closed(
    _ task: CloseTask, _ state: TenantState, _ reader: BookReader
  ) throws -> DryRunDate {
    let dateReader = DateReader(configuration: configuration.reading, clock: clock)
    guard let header = try reader.closeHeader(state, date: task.date) else { return new(task) }
    let outcome: ClosedDateCheck.Outcome
    do {
      let check = ClosedDateCheck(dateReader: dateReader, reader: reader)
      outcome =
        try request.recloses
        ? check.outcomeOfReclosing(task, header) : check.outcome(task, header)
    } catch let error as ReadingError {
      return DryRunDate(
        date: task.date, step: .refuse, parts: (0, 0), reason: error.description)
    }
    let listed = new(task).parts
    switch outcome {
    case .same:
      return DryRunDate(date: task.date, step: .closedAlready, parts: listed, reason: nil)
    case .sameRecords(let parts):
      return DryRunDate(
        date: task.date, step: .closedAlready, parts: listed,
        reason: "\(parts) changed, with the same records")
    case .gone:
      return DryRunDate(date: task.date, step: .exportGone, parts: listed, reason: nil)
    case .unfinished(let error):
      return DryRunDate(
        date: task.date, step: .closedAlready, parts: listed,
        reason: "its files changed, but \(error.message)")
    case .other(let parts):
      return DryRunDate(
        date: task.date, step: request.recloses ? .reclose : .refuse, parts: listed,
        reason: "\(parts) changed since close \(header.closeID)"
          + (request.recloses ? "" : "; --reclose would close it again"))
    }
  }

  /// What would be done for a date that is not closed, judged by its directory.
  private func new(_ task: CloseTask) -> DryRunDate {
    let dateReader = DateReader(configuration: configuration.reading, clock: clock)
    do {
      let parts = try dateReader.open(task).parts
      return DryRunDate(
        date: task.date, step: .close,
        parts: (parts.count, try parts.reduce(0) { try $0 + $1.byteCount() }), reason: nil)
    } catch {
      return DryRunDate(date: task.date, step: .refuse, parts: (0, 0), reason: "\(error)")
    }
  }
}
