import JournalReading
import LedgerDomain
import SnapshotStore

/// Which of a tenant's dates a run is to close.
struct TenantPlan {
  let tenant: TenantID
  let path: String
  /// Where the tenant's books stand; `nil` if it has no close yet.
  let state: TenantState?
  /// The first of the dates to close.
  let first: BusinessDate
  /// The last of them; before `first` if there is none.
  let last: BusinessDate
  let notes: [String]

  /// How many dates there are to close.
  var count: Int { max(0, first.days(to: last) + 1) }

  /// The dates to close, in order.
  func works(chart: ChartOfAccounts) -> [DateWork] {
    (0..<count).map { offset in
      DateWork(
        tenant: tenant, tenantPath: path, date: first.advanced(by: offset),
        firstDate: state?.firstDate ?? first, chart: chart)
    }
  }

  /// Plans every date up to `last` that is not closed yet.
  ///
  /// - Throws: `ReadingError` if the tenant's directory cannot be listed or holds strays;
  ///   `CloseRefusal` if there is nothing to begin with.
  init(
    tenant: TenantID, path: String?, state: TenantState?, last: BusinessDate, settings: JobSettings
  ) throws {
    guard let path else {
      throw CloseRefusal(
        code: "missing_export",
        "there is no directory tenant_id=\(tenant) below \(settings.exports ?? ""). Check the "
          + "tenant and the exports.")
    }
    let dates = try ExportLayout(root: settings.exports ?? "").dates(inTenantDirectory: path)
    self.tenant = tenant
    self.path = path
    self.state = state
    self.last = last
    guard let state else {
      guard let begin = settings.firstDate ?? dates.first else {
        throw CloseRefusal(
          code: "missing_export",
          "the tenant's directory \(path) has no date yet. Have one exported.")
      }
      first = begin
      notes = Self.notes(on: dates, before: begin)
      return
    }
    first = state.closedThrough.advanced(by: 1)
    notes = Self.notes(on: dates, before: state.firstDate)
  }

  private static func notes(on dates: [BusinessDate], before first: BusinessDate) -> [String] {
    let early = dates.filter { $0 < first }
    guard let earliest = early.first else { return [] }
    return [
      "\(early.count) exported dates from \(earliest) on lie before the first close, \(first), and are "
        + "not read: the opening balances must hold them."
    ]
  }
}
