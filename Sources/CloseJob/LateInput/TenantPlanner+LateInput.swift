import JobConfiguration
import LedgerDomain
import Reconciliation
import SnapshotStore

extension TenantPlanner {
  private var recheck: ClosedDateRecheck {
    ClosedDateRecheck(reader: reader, dateReader: dateReader)
  }

  /// Compares the last closed dates with their exports, except those that the plan compares in full.
  func recheckClosedDates(
    _ state: TenantState?, _ plan: TenantPlan, _ planned: inout TenantClose
  ) throws {
    planned.rechecked = RecheckedDates(count: dateReader.configuration.recheckDates)
    guard let state else { return }
    planned.rechecked = try recheck.outcome(plan, state, except: Set(plan.closedDates))
    planned.result.notes += planned.rechecked.notes
    planned.result.lateInput = planned.rechecked.late
  }

  /// Whether somebody wants to know about a closed date of the plan. If not, the plan has it because
  /// there is nothing to close, and what changed is late input.
  func isAskedFor(_ date: BusinessDate, _ state: TenantState) -> Bool {
    if request.from != nil || request.recloses { return true }
    let configuration = dateReader.configuration
    guard recheck.window(state)?.contains(date) == true else { return true }
    return configuration.date != nil && configuration.lateInput != .reclose
  }

  /// Compares the last closed date in full, because there is nothing to close.
  func recheck(
    _ header: CloseHeader, _ plan: TenantPlan, _ state: TenantState,
    _ planned: inout TenantClose, _ same: inout [CloseHeader]
  ) throws {
    let verdict = try recheck.verdict(header, plan, state)
    if case .late(let date) = verdict {
      planned.rechecked.add(date)
      planned.result.lateInput = planned.rechecked.late
      return
    }
    planned.result.alreadyClosed.append(header)
    switch verdict {
    case .same, .late: same.append(header)
    case .gone: planned.result.notes.append(Self.note(onGone: header.businessDate))
    case .sameRecords(let note): planned.result.notes.append(note)
    }
  }

  /// Does what the job says about late input.
  ///
  /// - Throws: `CloseRefusal` with `late_input` if the job refuses it. A range that only closes dates
  ///   again is not refused: several late dates may have to be closed again one by one.
  func decideOnLateInput(
    _ state: TenantState, _ plan: TenantPlan, _ chart: ChartOfAccounts,
    _ planned: inout TenantClose
  ) throws {
    let late = planned.rechecked.late
    guard let first = late.first else { return }
    switch dateReader.configuration.lateInput {
    case .report: return
    case .reclose:
      for date in late {
        guard let header = try reader.closeHeader(state, date: date.date) else { continue }
        planned.recloseTasks.append(plan.task(date.date, chart: chart, replaces: header))
      }
      planned.recloseTasks.sort { $0.date < $1.date }
    case .refuse:
      if request.recloses && plan.newDates.isEmpty { return }
      let others =
        late.count == 1 ? "" : " \((late.count - 1).counted("later date")) changed as well."
      throw CloseRefusal(
        .lateInput,
        "nothing was closed, because a closed date changed: \(first.date). \(first.change)\(others) "
          + first.remedy)
    }
  }
}
