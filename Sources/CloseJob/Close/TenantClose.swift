import LedgerDomain
import SnapshotStore

/// What a run has to do for one tenant, and how far it has come.
struct TenantClose {
  /// What is known of the tenant so far; it has a failure if the tenant cannot be closed.
  var result: TenantResult
  /// The state of the tenant's books after the last date that was closed; `nil` before its first close.
  var state: TenantState?
  /// The opening balances, if the tenant has no close yet.
  var openings: [Balance] = []
  /// How the exports of closed dates compare with their closes.
  var rechecked = RecheckedDates(count: 0)
  /// Closed dates to close again if their input changed, in order.
  var recloseTasks: [CloseTask] = []
  /// Dates to close, in order.
  var newTasks: [CloseTask] = []
  /// The date being closed, which a failure names.
  var currentDate: BusinessDate?

  /// Every task, in the order in which the tenant's dates are read.
  var tasks: [CloseTask] { recloseTasks + newTasks }

  /// Whether the export of a closed date changed.
  var hasLateInput: Bool { !rechecked.late.isEmpty }

  /// The tie-outs on late input of the next close.
  var lateInputTieOuts: [TieOut] {
    rechecked.tieOuts(state, reclosed: Set(recloseTasks.map(\.date)))
  }

  /// Records that the dates to close again have been closed with the exports as they are.
  mutating func finishRecloses() {
    let dates = Set(recloseTasks.map(\.date))
    result.lateInput.removeAll { dates.contains($0.date) }
  }

  /// Records that a date was closed.
  mutating func add(_ closed: ClosedDate) {
    state = closed.state
    result.dates.append(closed.result)
  }
}
