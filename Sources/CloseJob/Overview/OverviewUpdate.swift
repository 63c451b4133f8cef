import JobConfiguration
import LedgerDomain
import Reports
import SnapshotStore

/// Brings `<reports>/index.html` up to date with the books.
///
/// The page says of each tenant how far its books went. Only what was written since is read, so a night
/// costs what it closed; a run that was killed after its commit is made up for by the next one; and a page
/// that is missing or was changed is made anew. Made anew, it has the same bytes.
struct OverviewUpdate {
  let reader: BookReader
  let configuration: OverviewConfiguration

  /// Writes the page if something changed.
  ///
  /// - Parameter anew: whether to read everything from the store, whatever the page that is there says.
  /// - Throws: `ReportError`; `StoreError`.
  func run(anew: Bool = false) throws {
    let root = configuration.reports
    let known = anew ? nil : OverviewFile.known(below: root)
    let hasSameBanking = known?.banking == configuration.banking
    let tenants = try reader.tenantStates().map { state in
      try overview(state, known?.tenants[state.tenant], hasSameBanking: hasSameBanking)
    }
    try OverviewFile.write(
      Overview(
        tenants: tenants, names: configuration.options.tenantNames, banking: configuration.banking),
      below: root)
  }

  /// Writes the page if something changed.
  ///
  /// - Returns: why it could not be written; `nil` if it was.
  static func failure(
    _ reader: BookReader, _ configuration: OverviewConfiguration?
  ) -> String? {
    guard let configuration else { return nil }
    do {
      try OverviewUpdate(reader: reader, configuration: configuration).run()
      return nil
    } catch {
      return "\(error)"
    }
  }

  private var matters: OpenMatters {
    OpenMatters(reader: reader, deadline: configuration.deadline)
  }

  private func overview(
    _ state: TenantState, _ known: TenantOverview?, hasSameBanking: Bool
  ) throws -> TenantOverview {
    let head = try reader.head(state)
    if var tenant = known, tenant.firstDate == state.firstDate,
      let changed = try reader.datesChanged(state, since: tenant.head)
    {
      if hasSameBanking && tenant.head == head { return tenant }
      let dates = try reader.dateOverviews(state, changed)
      let isUpdated = tenant.update(to: head, dates: dates, standing: try matters.ofNoDate(state))
      if isUpdated && tenant.closedThrough == state.closedThrough { return tenant }
    }
    return try newOverview(state, head)
  }

  private func newOverview(_ state: TenantState, _ head: BooksHead) throws -> TenantOverview {
    let dates = (0...state.firstDate.days(to: state.closedThrough)).map {
      state.firstDate.advanced(by: $0)
    }
    var tenant = TenantOverview(
      tenant: state.tenant, head: head, firstDate: state.firstDate, cells: [], matters: [])
    let isComplete = tenant.update(
      to: head, dates: try reader.dateOverviews(state, dates),
      standing: try matters.ofNoDate(state))
    guard isComplete, tenant.closedThrough == state.closedThrough else {
      throw StoreError(
        .alteredStore,
        "the books of tenant \(state.tenant) lack a date between \(state.firstDate) and "
          + "\(state.closedThrough). Run tieout verify --store-only.")
    }
    return tenant
  }
}
