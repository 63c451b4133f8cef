import JobConfiguration
import JournalReading
import LedgerDomain
import SnapshotStore

/// The dates of a tenant that a run compares with their closes, and those that it closes.
struct TenantPlan {
  let tenant: TenantID
  let path: String
  /// The state of the tenant's books; `nil` if it has no close yet.
  let state: TenantState?
  /// The closed dates that were asked for, in order.
  let closedDates: [BusinessDate]
  /// The dates to close, in order.
  let newDates: [BusinessDate]
  let notes: [String]
  private let keepsIdentifiers: Bool

  /// The task of closing a date.
  func task(
    _ date: BusinessDate, chart: ChartOfAccounts, replaces: CloseHeader? = nil
  ) -> CloseTask {
    CloseTask(
      tenant: tenant, tenantPath: path, date: date,
      firstDate: state?.firstDate ?? newDates.first ?? date, chart: chart, replaces: replaces,
      keepsIdentifiers: keepsIdentifiers)
  }

  /// Plans a request for a tenant.
  ///
  /// - Parameters:
  ///   - path: the tenant's directory; `nil` if there is none.
  ///   - last: the last date.
  /// - Throws: `ReadingError` if the tenant's directory cannot be listed or has unexpected entries;
  ///   `CloseRefusal` if there is no date to begin with, or dates would be left out.
  init(
    tenant: TenantID, path: String?, state: TenantState?, last: BusinessDate,
    configuration: ReadingConfiguration,
    request: CloseRequest
  ) throws {
    guard let path else {
      throw CloseRefusal(
        .missingExport,
        "\(configuration.exports) has no directory tenant_id=\(tenant). Check the tenant and the exports "
          + "directory.")
    }
    let exported = try ExportLayout(root: configuration.exports).dates(inTenantDirectory: path)
    self.tenant = tenant
    self.path = path
    self.state = state
    keepsIdentifiers = configuration.duplicateWindow > 0
    guard let state else {
      let first = try Self.firstDate(
        exported, path: path, configuration: configuration, request: request)
      closedDates = []
      newDates = Self.dates(first, through: last)
      notes =
        Self.notes(on: exported, before: first)
        + (configuration.opening == nil ? [Self.noteOnZeros(first)] : [])
      return
    }
    let next = state.closedThrough.advanced(by: 1)
    if let from = request.from, from > next {
      throw CloseRefusal(
        .gap,
        "the books are closed through \(state.closedThrough), so a range from \(from) would leave a gap. Give "
          + "--from \(next) or an earlier date.")
    }
    newDates = Self.dates(next, through: last)
    closedDates = Self.closedDates(state, last: last, from: request.from, hasNew: next <= last)
    notes =
      Self.notes(on: exported, before: state.firstDate)
      + (last < state.firstDate ? ["\(last) is before the first close, \(state.firstDate)."] : [])
  }

  /// The closed dates in the range; without `from`, the last one if there is nothing to close.
  private static func closedDates(
    _ state: TenantState, last: BusinessDate, from: BusinessDate?, hasNew: Bool
  ) -> [BusinessDate] {
    let end = min(last, state.closedThrough)
    if let from { return dates(max(from, state.firstDate), through: end) }
    return hasNew ? [] : dates(max(end, state.firstDate), through: end)
  }

  private static func dates(
    _ first: BusinessDate, through last: BusinessDate
  ) -> [BusinessDate] {
    (0..<max(0, first.days(to: last) + 1)).map { first.advanced(by: $0) }
  }

  /// The first date of a tenant without closes: the job's, or that of its first directory.
  private static func firstDate(
    _ exported: [BusinessDate], path: String, configuration: ReadingConfiguration,
    request: CloseRequest
  ) throws -> BusinessDate {
    let asked = request.from ?? BusinessDate(dayNumber: .min)
    guard let first = configuration.firstDate ?? exported.first(where: { $0 >= asked }) else {
      throw CloseRefusal(
        .missingExport,
        "the tenant's directory \(path) has no date\(request.from.map { " from \($0) on" } ?? ""). Have "
          + "a date exported.")
    }
    return first
  }

  private static func notes(on dates: [BusinessDate], before first: BusinessDate) -> [String] {
    let early = dates.filter { $0 < first }
    guard let earliest = early.first else { return [] }
    return [
      "exported dates from \(earliest) on are before the first close, \(first), and are not read "
        + "(\(early.count.counted("date"))): the opening balances must include them."
    ]
  }

  /// A note at the first close, while it can still be corrected: closed dates do not change.
  private static func noteOnZeros(_ first: BusinessDate) -> String {
    "\(first) is the first close. No opening balances are given, so every balance starts at zero. If the "
      + "ledger is older, set opening and start again with a new store."
  }
}
