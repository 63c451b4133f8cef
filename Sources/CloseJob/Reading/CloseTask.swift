import LedgerDomain
import SnapshotStore

/// One tenant's date to close, or to compare with its close.
struct CloseTask: Sendable {
  let tenant: TenantID
  /// The tenant's directory.
  let tenantPath: String
  let date: BusinessDate
  /// The tenant's first closed date; this one, if it is the first.
  let firstDate: BusinessDate
  let chart: ChartOfAccounts
  /// The close whose movements are replaced, if the date is closed again.
  var replaces: CloseHeader?
  /// Whether loans are read as well; they are not where a closed date is only compared.
  var readsLoans = true
  /// Whether an unfinished export is read as it is, because the date is closed and only compared.
  var mayBeUnfinished = false
  /// Whether the identifiers that it accepts are sorted, to be compared with other dates and kept.
  var keepsIdentifiers = false
  /// Entries that earlier closes accepted, which are left out.
  var closedEntries: [JournalEntryID: ClosedEntry] = [:]
}
