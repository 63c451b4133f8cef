public import JobConfiguration
import JournalReading
import LedgerDomain
import Reports
import SnapshotStore

/// A tenant that is about to be closed.
struct PreparedTenant {
  /// What is known already; with failure if the tenant cannot be closed.
  var result: TenantResult
  var state: TenantState?
  var openings: [Balance] = []
  /// Closed dates to close again if their input changed, in order.
  var recloses: [CloseTask] = []
  /// Dates to close, in order.
  var works: [CloseTask] = []
}

/// Finds out what there is to do for a tenant, and that its books can be built on.
struct TenantPreparation {
  let reader: BookReader
  let dayReader: DateReader
  let request: CloseRequest
  var references: ChartAndOpenings

  private var settings: JobSettings { dayReader.settings }

  init(
    reader: BookReader, dayReader: DateReader, request: CloseRequest, isForOneTenant: Bool
  ) {
    self.reader = reader
    self.dayReader = dayReader
    self.request = request
    references = ChartAndOpenings(settings: dayReader.settings, isForOneTenant: isForOneTenant)
  }

  /// Prepares a tenant.
  ///
  /// - Throws: what is about the tenant's own input or books; the tenant is left out then.
  mutating func prepare(
    _ tenant: TenantID, path: String?, last: BusinessDate, into prepared: inout PreparedTenant
  ) throws {
    let state = try reader.tenantState(tenant)
    let plan = try TenantPlan(
      tenant: tenant, path: path, state: state, last: last, settings: settings, request: request)
    prepared.state = state
    prepared.result.notes = plan.notes
    if let state { try reader.proveLastDate(state) }
    guard !plan.newDates.isEmpty || !plan.closedDates.isEmpty else { return }
    let chart = try references.chart(of: tenant)
    if let state { try takeUp(state, plan, chart, &prepared) }
    if state == nil { prepared.openings = try references.openings(of: tenant, chart: chart) }
    prepared.works = plan.newDates.map { plan.work($0, chart: chart) }
  }

  /// What is to be done about closed dates.
  private func takeUp(
    _ state: TenantState, _ plan: TenantPlan, _ chart: ChartOfAccounts,
    _ prepared: inout PreparedTenant
  ) throws {
    let check = ClosedDateCheck(dayReader: dayReader, reader: reader)
    var same: [CloseHeader] = []
    for date in plan.closedDates {
      guard let header = try reader.closeHeader(state, date: date) else { continue }
      let work = plan.work(date, chart: chart, replaces: request.recloses ? header : nil)
      if request.recloses && check.hasDirectory(work) {
        prepared.recloses.append(work)
        continue
      }
      prepared.result.alreadyClosed.append(header)
      switch try check.outcome(work, header) {
      case .same: same.append(header)
      case .gone:
        prepared.result.notes.append(
          "\(date) is closed already. Its export is gone, so that it was not compared with what was "
            + "closed.")
      case .sameRecords(let parts):
        prepared.result.notes.append(
          "\(date) is closed already. Its files differ (\(parts)), but hold the same records: there is "
            + "nothing to do.")
      case .other(let parts):
        throw CloseRefusal(
          .otherInput,
          "\(date) is closed already, as close \(header.closeID), with other input: \(parts). What is "
            + "closed is not changed. Find out why the export changed; --reclose closes the date again."
        )
      }
    }
    prepared.result.notes += Self.note(on: same)
  }

  private static func note(on same: [CloseHeader]) -> [String] {
    guard let first = same.first, let last = same.last else { return [] }
    let dates =
      same.count == 1
      ? "\(first.businessDate) is"
      : "\(same.count) dates from \(first.businessDate) to \(last.businessDate) are"
    return ["\(dates) closed already with the same input: there is nothing to do."]
  }

  /// The closes whose report sets a killed run left out: the last ones, back to one that is there.
  ///
  /// Reports are written in the order of the closes, so that those that lack are the last.
  func closesWithoutReports(_ state: TenantState) throws -> [BusinessDate] {
    guard let root = settings.reports else { return [] }
    var missing: [BusinessDate] = []
    var before = CloseID(.max)
    while let header = try reader.lastUnreplacedClose(state, before: before) {
      if ReportSet.isPresent(header, below: root) {
        ReportSet.discardDraft(of: header, below: root)
        break
      }
      missing.append(header.businessDate)
      before = header.closeID
    }
    return missing.reversed()
  }
}
