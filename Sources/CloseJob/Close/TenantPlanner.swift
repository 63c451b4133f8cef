import JobConfiguration
import JournalReading
import LedgerDomain
import SnapshotStore

/// Plans what a run does for a tenant, and verifies that its stored books can be built on.
struct TenantPlanner {
  let reader: BookReader
  let dateReader: DateReader
  let request: CloseRequest
  let timeZoneCheck: TimeZoneCheck
  /// `nil` if new books may be begun.
  let missingBooks: MissingBooks?
  var tables: ChartAndOpenings

  /// Plans a tenant's tasks.
  ///
  /// - Parameter planned: gets the tasks; if planning fails, the notes up to then.
  /// - Throws: what is about the tenant's own input or books. None of its dates is closed then.
  mutating func plan(
    _ tenant: TenantID, path: String?, last: BusinessDate, into planned: inout TenantClose
  ) throws {
    let state = try reader.tenantState(tenant)
    // In another zone, other dates would be due.
    if let state, let refusal = try timeZoneCheck.refusal(reader, state) { throw refusal }
    if state == nil, let refusal = missingBooks?.refusal(tenant) { throw refusal }
    let plan = try TenantPlan(
      tenant: tenant, path: path, state: state, last: last,
      configuration: dateReader.configuration, request: request)
    planned.state = state
    planned.result.notes = plan.notes
    if let state { try reader.proveLastDate(state) }
    try recheckClosedDates(state, plan, &planned)
    guard !plan.newDates.isEmpty || !plan.closedDates.isEmpty || planned.hasLateInput else {
      return
    }
    let chart = try tables.chart(of: tenant)
    if let state {
      try checkClosedDates(state, plan, chart, &planned)
      try decideOnLateInput(state, plan, chart, &planned)
    }
    if state == nil, let first = plan.newDates.first {
      let openings = try tables.openings(of: tenant, chart: chart)
      try OpeningDateCheck.check(
        openings, jobDate: dateReader.configuration.openingDate, first: first)
      planned.openings = openings.balances
    }
    planned.newTasks = plan.newDates.map { plan.task($0, chart: chart) }
    if let state, !planned.tasks.isEmpty, let note = try timeZoneCheck.note(reader, state) {
      planned.result.notes.append(note)
    }
    if let state, let first = plan.newDates.first, let note = try identifierNote(state, first) {
      planned.result.notes.append(note)
    }
  }

  /// What books whose last close kept no identifiers cannot know. The next close keeps them, so this is
  /// said once.
  private func identifierNote(_ state: TenantState, _ first: BusinessDate) throws -> String? {
    guard dateReader.configuration.duplicateWindow > 0,
      try reader.basis(of: state.lastClose)?.identifiersFrom == nil
    else { return nil }
    return
      "The identifiers of entries are kept from \(first) on. An entry of an earlier date that is exported "
      + "again is not recognized."
  }

  /// Plans the closed dates that were asked for, and compares them with their exports.
  private func checkClosedDates(
    _ state: TenantState, _ plan: TenantPlan, _ chart: ChartOfAccounts,
    _ planned: inout TenantClose
  ) throws {
    let check = ClosedDateCheck(dateReader: dateReader, reader: reader)
    var same: [CloseHeader] = []
    for date in plan.closedDates {
      guard let header = try reader.closeHeader(state, date: date) else { continue }
      let task = plan.task(date, chart: chart, replaces: request.recloses ? header : nil)
      if try request.recloses && check.isFinished(task) {
        planned.recloseTasks.append(task)
        continue
      }
      if !isAskedFor(date, state) {
        try recheck(header, plan, state, &planned, &same)
        continue
      }
      planned.result.alreadyClosed.append(header)
      switch try check.outcome(task, header) {
      case .same: same.append(header)
      case .gone:
        planned.result.notes.append(Self.note(onGone: date))
      case .sameRecords(let parts):
        planned.result.notes.append(ClosedDateCheck.note(onSameRecordsOf: date, parts))
      case .unfinished(let error):
        planned.result.notes.append(
          "\(date) is already closed. Its files changed, but \(error.message)")
      case .other(let parts):
        throw CloseRefusal(
          .otherInput,
          "the export of \(date) has changed since close \(header.closeID): \(parts). The close is kept. Find out "
            + "why the export changed, then use --reclose to close the date again."
        )
      }
    }
    planned.result.notes += Self.note(on: same)
  }

  static func note(onGone date: BusinessDate) -> String {
    "\(date) is already closed. Its export is gone, so it was not compared with the close."
  }

  private static func note(on same: [CloseHeader]) -> [String] {
    guard let first = same.first, let last = same.last else { return [] }
    let dates =
      same.count == 1
      ? "\(first.businessDate) is"
      : "\(same.count) dates from \(first.businessDate) to \(last.businessDate) are"
    return ["\(dates) already closed with the same input: there is nothing to do."]
  }
}
