import LedgerDomain
import Reconciliation
import SnapshotStore

/// The outcome of comparing a tenant's closed dates with their exports.
struct RecheckedDates {
  /// How many closed dates the job compares; 0 for none.
  let count: Int
  /// The dates whose export is not what their close read, in order.
  var late: [LateDate] = []
  /// The dates that were closed with parts and no longer have an export.
  var archived: Set<BusinessDate> = []
  /// What the operator should know.
  var notes: [String] = []

  /// The outcome before anything was compared.
  init(count: Int) {
    self.count = count
  }

  /// Adds a date in its order.
  mutating func add(_ date: LateDate) {
    late.append(date)
    late.sort { $0.date < $1.date }
  }

  /// The tie-outs of a close.
  ///
  /// Dates that this run closed count as unchanged: they have just been read. So a run that was killed
  /// and finished later writes the same tie-outs as one that was not.
  ///
  /// - Parameters:
  ///   - state: the state of the tenant's books before the close; `nil` before its first.
  ///   - reclosed: the dates that the run closes again, all of them or none.
  func tieOuts(_ state: TenantState?, reclosed: Set<BusinessDate>) -> [TieOut] {
    let window = state.flatMap {
      LateInputCheck.Window(
        firstDate: $0.firstDate, closedThrough: $0.closedThrough, count: count)
    }
    return LateInputCheck.tieOuts(
      isOn: count > 0, window: window,
      late: late.filter { window?.contains($0.date) == true && !reclosed.contains($0.date) },
      archived: archived.count { window?.contains($0) == true && !reclosed.contains($0) })
  }
}
