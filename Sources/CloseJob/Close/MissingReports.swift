import LedgerDomain
import Reports
import SnapshotStore

/// Finds the closes whose report sets a killed run did not write.
struct MissingReports {
  let reader: BookReader
  /// The directory of the reports.
  let root: String

  /// The dates without reports, in order.
  ///
  /// Reports are written in the order of the closes, so only the last ones can be missing: the search
  /// ends at the first set that is present.
  func dates(_ state: TenantState) throws -> [BusinessDate] {
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
