public import JobConfiguration
import JournalReading
import LedgerDomain
import SnapshotStore

extension CloseRun {
  /// Finds out what `run` would do, and changes nothing: no store, no lock, no report.
  ///
  /// Exports of dates to close are listed, not read: what a part holds is only known by closing it.
  ///
  /// - Throws: `StoreError` if there is a store that cannot be read; `ReadingError` if the exports
  ///   cannot be listed.
  public func dryRun() throws -> DryRun {
    let found = try ExportLayout(root: settings.exports ?? "").tenants()
    if let stray = found.unexpectedEntries.first { throw stray }
    let paths = Dictionary(found.tenants.map { ($0.tenant, $0.path) }, uniquingKeysWith: { $1 })
    guard BookStore.exists(at: settings.store ?? "") else {
      let tenants = try chosenTenants(found.tenants, found.unexpectedEntries, nil)
      return DryRun(tenants: try tenants.map { try dryRun($0, paths[$0], nil) })
    }
    return try BookStore(readingFrom: settings.store ?? "").read { reader in
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
        tenant: tenant, path: path, state: state, last: lastDate, settings: settings,
        request: request)
      result.notes = plan.notes
      if let state { try reader?.proveLastDate(state) }
      var references = ChartAndOpenings(settings: settings, isForOneTenant: false)
      let chart = try references.chart(of: tenant)
      if let reader, let state {
        for date in plan.closedDates {
          result.dates.append(try closed(plan.work(date, chart: chart), state, reader))
        }
      }
      for date in plan.newDates { result.dates.append(new(plan.work(date, chart: chart))) }
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
    _ work: CloseTask, _ state: TenantState, _ reader: BookReader
  ) throws -> DryRunDate {
    let day = DateReader(settings: settings, calendar: calendar, clock: clock)
    guard let header = try reader.closeHeader(state, date: work.date) else { return new(work) }
    let outcome: ClosedDateCheck.Outcome
    do {
      let check = ClosedDateCheck(dayReader: day, reader: reader)
      outcome =
        try request.recloses
        ? check.outcomeOfReclosing(work, header) : check.outcome(work, header)
    } catch let error as ReadingError {
      return DryRunDate(
        date: work.date, step: .refuse, parts: (0, 0), reason: error.description)
    }
    let listed = new(work).parts
    switch outcome {
    case .same:
      return DryRunDate(date: work.date, step: .closedAlready, parts: listed, reason: nil)
    case .sameRecords(let parts):
      return DryRunDate(
        date: work.date, step: .closedAlready, parts: listed,
        reason: "\(parts) differ, but hold the same records")
    case .gone:
      return DryRunDate(date: work.date, step: .exportGone, parts: listed, reason: nil)
    case .other(let parts):
      return DryRunDate(
        date: work.date, step: request.recloses ? .reclose : .refuse, parts: listed,
        reason: "\(parts) changed since close \(header.closeID)"
          + (request.recloses ? "" : "; --reclose would close it again"))
    }
  }

  /// What would be done with a date that is not closed, as far as its directory tells.
  private func new(_ work: CloseTask) -> DryRunDate {
    let day = DateReader(settings: settings, calendar: calendar, clock: clock)
    do {
      let parts = try day.open(work).parts
      return DryRunDate(
        date: work.date, step: .close,
        parts: (parts.count, try parts.reduce(0) { try $0 + $1.byteCount() }), reason: nil)
    } catch {
      return DryRunDate(date: work.date, step: .refuse, parts: (0, 0), reason: "\(error)")
    }
  }
}
