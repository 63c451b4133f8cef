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
    let unlisted = unlisted(found.tenants)
    guard BookStore.exists(at: configuration.store) else {
      let tenants = try chosenTenants(found.tenants, found.unexpectedEntries, nil)
      let refusals = missingBooks?.refusalsWithoutStore(tenants) ?? []
      guard refusals.isEmpty else {
        return DryRun(
          tenants: zip(tenants, refusals).map {
            DryRun.Tenant(tenant: $0, failure: $1.description)
          }, unlistedTenants: unlisted)
      }
      return DryRun(tenants: try dryRun(tenants, paths, nil), unlistedTenants: unlisted)
    }
    return try BookStore(readingFrom: configuration.store).read { reader in
      let tenants = try chosenTenants(found.tenants, found.unexpectedEntries, reader)
      return DryRun(tenants: try dryRun(tenants, paths, reader), unlistedTenants: unlisted)
    }
  }

  private func dryRun(
    _ tenants: [TenantID], _ paths: [TenantID: String], _ reader: BookReader?
  ) throws -> [DryRun.Tenant] {
    let check = timeZoneCheck
    var tables = ChartAndOpenings(
      chart: configuration.chart, opening: configuration.opening,
      isForOneTenant: tenants.count == 1)
    return try tenants.map { tenant in
      var result = DryRun.Tenant(tenant: tenant)
      do {
        try plan(tenant, paths[tenant], reader, check, &tables, &result)
      } catch let error as ReadingError {
        result.failure = error.description
      } catch let error as CloseRefusal {
        result.failure = error.description
      } catch let error as StoreError where error.code == .alteredStore {
        result.failure = error.description
      }
      return result
    }
  }

  private func plan(
    _ tenant: TenantID, _ path: String?, _ reader: BookReader?, _ timeZoneCheck: TimeZoneCheck,
    _ tables: inout ChartAndOpenings, _ result: inout DryRun.Tenant
  ) throws {
    let state = try reader?.tenantState(tenant)
    if let reader, let state, let refusal = try timeZoneCheck.refusal(reader, state) {
      throw refusal
    }
    if state == nil, let refusal = missingBooks?.refusal(tenant) { throw refusal }
    let plan = try TenantPlan(
      tenant: tenant, path: path, state: state, last: lastDate,
      configuration: configuration.reading, request: request)
    result.notes = plan.notes
    if let state { try reader?.proveLastDate(state) }
    let chart = try tables.chart(of: tenant)
    if let reader, let state {
      for date in plan.closedDates {
        result.dates.append(try closed(plan.task(date, chart: chart), state, reader))
      }
      try addLateInput(state, plan, reader, to: &result)
      if !plan.newDates.isEmpty, let note = try timeZoneCheck.note(reader, state) {
        result.notes.append(note)
      }
    } else if let first = plan.newDates.first {
      try OpeningDateCheck.check(
        tables.openings(of: tenant, chart: chart), jobDate: configuration.openingDate, first: first)
    }
    for date in plan.newDates { result.dates.append(new(plan.task(date, chart: chart))) }
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
