import LedgerDomain
import Reports
import SnapshotStore

/// Finds the report sets that a killed run did not write, or that could not be written.
struct MissingReports {
  let reader: BookReader
  /// The directory of the reports.
  let root: String

  /// The dates whose sets are missing or older than the books, in the order in which to write them: that of
  /// `Committer`.
  func dates(_ state: TenantState) throws -> [BusinessDate] {
    let closes = try closes(state)
    let withdrawn = try closes.flatMap { try reader.datesWithdrawn(state, by: $0.closeID) }
    let closed = closes.map(\.businessDate)
    var known = Set(closed)
    return try (reconciled(state) + withdrawn).filter { known.insert($0).inserted } + closed
  }

  /// The closes without a set, the oldest first.
  ///
  /// Sets are written in the order of the closes, so only the last ones can be missing: the search ends at
  /// the first set that is present.
  private func closes(_ state: TenantState) throws -> [CloseHeader] {
    var missing: [CloseHeader] = []
    var before = CloseID(.max)
    while let header = try reader.lastUnreplacedClose(state, before: before) {
      if ReportSet.isPresent(header, below: root) {
        ReportSet.discardDraft(of: header, below: root)
        break
      }
      missing.append(header)
      before = header.closeID
    }
    return missing.reversed()
  }

  /// The dates whose sets lack the last version of a bank reconciliation, the one made first at the front.
  ///
  /// Of a commit, the sets that are only written again come before those of its closes, in the order of
  /// their last versions. So the search ends at the first set that is present, too: what may be missing
  /// beyond it are sets of closes.
  private func reconciled(_ state: TenantState) throws -> [BusinessDate] {
    var missing: [BusinessDate] = []
    for (date, count) in try reader.datesReconciled(state) {
      guard let header = try reader.closeHeader(state, date: date) else { continue }
      if ReportSet.isPresent(header, reconciliationCount: count, below: root) {
        ReportSet.discardDraft(of: header, below: root)
        break
      }
      missing.append(date)
    }
    return missing.reversed()
  }
}
