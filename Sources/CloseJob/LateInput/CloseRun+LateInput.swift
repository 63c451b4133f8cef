import JobConfiguration
import LedgerDomain
import SnapshotStore

extension CloseRun {
  /// Adds the closed dates whose export changed to a dry run, with what a run would do about them.
  func addLateInput(
    _ state: TenantState, _ plan: TenantPlan, _ reader: BookReader, to result: inout DryRun.Tenant
  ) throws {
    let recheck = ClosedDateRecheck(
      reader: reader, dateReader: DateReader(configuration: configuration.reading, clock: clock))
    let rechecked = try recheck.outcome(plan, state, except: Set(plan.closedDates))
    result.notes += rechecked.notes
    for late in rechecked.late {
      result.dates.append(
        DryRunDate(
          date: late.date, step: step(late, plan), parts: (late.partsNow, 0),
          reason: "\(late.change) \(late.remedy)"))
    }
    result.dates.sort { $0.date < $1.date }
  }

  private func step(_ late: LateDate, _ plan: TenantPlan) -> DryRunDate.Step {
    switch configuration.lateInput {
    case .report: .lateInput
    case .reclose: late.readingError == nil ? .reclose : .refuse
    case .refuse: request.recloses && plan.newDates.isEmpty ? .lateInput : .refuse
    }
  }
}
