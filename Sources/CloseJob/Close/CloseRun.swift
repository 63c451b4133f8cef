import FileInput
public import JobConfiguration
import JournalReading
public import LedgerDomain
import Reports
import SnapshotStore
import SystemPackage

/// The scheduled job: closes every date that is not closed yet, tenant by tenant, in order of date.
///
///     var settings = JobSettings()
///     settings.exports = "exports"
///     settings.chart = "chart.csv"
///     settings.store = "books.sqlite"
///     let result = try CloseRun(settings: settings, clock: .system).run()
///     exit(result.exitCode)
public struct CloseRun {
  let configuration: CloseConfiguration
  private let overview: OverviewConfiguration?
  let clock: RunClock
  let request: CloseRequest
  let progress: CloseProgress

  /// A run with these settings.
  ///
  /// - Parameter progress: counts what the run does, for a progress display.
  /// - Throws: `UsageError` if a required setting is missing or contradicts another.
  public init(
    settings: JobSettings, clock: RunClock, request: CloseRequest = CloseRequest(),
    progress: CloseProgress = CloseProgress()
  ) throws(UsageError) {
    configuration = try CloseConfiguration(settings)
    overview = OverviewConfiguration(settings)
    self.clock = clock
    self.progress = progress
    self.request = request
    let today = configuration.calendar.date(at: clock.now())
    if configuration.missingDates == .empty && lastDate > today {
      throw UsageError(
        "\(lastDate) is in the future: with missing_dates: empty, future dates would be closed as empty. "
          + "Give a date up to \(today).")
    }
    if let from = request.from, from > lastDate {
      throw UsageError("the range from \(from) to \(lastDate) is empty. Give an earlier --from.")
    }
  }

  /// Closes the dates. A tenant that fails does not stop the others.
  ///
  /// - Throws: `StoreError` if the store cannot be used or another run holds it; `ReadingError` if
  ///   the exports cannot be listed.
  public func run() throws -> RunResult {
    let storePath = configuration.store
    try ReportSet.makeDirectories(FilePath(storePath).directory.string)
    let began = ContinuousClock.now
    let layout = ExportLayout(root: configuration.exports)
    let found = try layout.tenants()
    let lock = try StoreLock(storePath: storePath, waiting: request.waiting)
    defer { withExtendedLifetime(lock) {} }
    var result = RunResult(
      reports: configuration.reports, tenantNames: configuration.tenantNames)
    result.unexpectedEntries = found.unexpectedEntries.map(\.description)
    result.unlistedTenants = unlisted(found.tenants)
    if !BookStore.exists(at: storePath), let missingBooks {
      // The store is not created: it would hide the one that is missing.
      let chosen = try chosenTenants(found.tenants, found.unexpectedEntries, nil)
      let refusals = missingBooks.refusalsWithoutStore(chosen)
      result.tenants = zip(chosen, refusals).map { stopped($0, because: $1) }
      if !refusals.isEmpty { return result }
    }
    let store = try BookStore(writingTo: storePath)
    let paths = Dictionary(found.tenants.map { ($0.tenant, $0.path) }, uniquingKeysWith: { $1 })
    let reader = DateReader(
      configuration: configuration.reading, clock: clock, progress: progress)
    result.tenants = try store.write { writer in
      if configuration.loanTape != nil { try writer.boundPageCache() }
      let chosen = try chosenTenants(found.tenants, found.unexpectedEntries, writer.reader)
      let coordinator = CloseCoordinator(
        writer: writer, dateReader: reader, request: request, timeZoneCheck: timeZoneCheck,
        missingBooks: missingBooks,
        tables: ChartAndOpenings(
          chart: configuration.chart, opening: configuration.opening,
          isForOneTenant: chosen.count == 1))
      let tenants = try coordinator.closeTenants(
        chosen.map { ($0, paths[$0]) }, through: lastDate)
      result.overviewFailure = OverviewUpdate.failure(writer.reader, overview)
      return tenants
    }
    let elapsed = ContinuousClock.now - began
    result.seconds =
      Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    return result
  }

  /// The job's tenants, or all with exports or books, so that a tenant whose exports are gone is noticed.
  ///
  /// - Throws: `CloseRefusal` with `nothing_exported` if there is no tenant, and no other problem.
  func chosenTenants(
    _ exporting: [(tenant: TenantID, path: String)], _ unexpectedEntries: [ReadingError],
    _ reader: BookReader?
  ) throws -> [TenantID] {
    guard configuration.tenants.isEmpty else { return configuration.tenants }
    let booked = try reader?.tenantStates().map(\.tenant) ?? []
    let chosen = Set(exporting.map(\.tenant)).union(booked).sorted()
    guard !chosen.isEmpty || !unexpectedEntries.isEmpty else {
      throw CloseRefusal(
        .nothingExported,
        "nothing was closed: \(configuration.exports) has no tenant_id=… directory, and no tenant has books. "
          + "Check the path, and that its disk is mounted.")
    }
    return chosen
  }

  private func stopped(_ tenant: TenantID, because refusal: CloseRefusal) -> TenantResult {
    var result = TenantResult(tenant: tenant)
    result.failure = TenantFailure(date: nil, message: "\(refusal)")
    progress.stopped(tenant, at: nil, because: "\(refusal)")
    return result
  }

  /// The tenants with exports that the job does not list, in order, unless the run closes them.
  func unlisted(_ exporting: [(tenant: TenantID, path: String)]) -> [TenantID] {
    let listed = request.listedTenants ?? configuration.tenants
    if listed.isEmpty { return [] }
    let covered = Set(listed + configuration.tenants)
    return exporting.map(\.tenant).filter { !covered.contains($0) }
  }

  /// Looks for reports of tenants without books; `nil` if new books may be begun.
  var missingBooks: MissingBooks? {
    guard !request.beginsNewBooks, let reports = configuration.reports else { return nil }
    return MissingBooks(reports: reports, store: configuration.store)
  }

  /// A check of the job's time zone.
  var timeZoneCheck: TimeZoneCheck {
    TimeZoneCheck(
      jobZone: configuration.timeZone, calendar: configuration.calendar, date: lastDate)
  }

  /// The last date that the run closes: the job's, or yesterday in the ledger's time zone.
  public var lastDate: BusinessDate {
    configuration.date ?? configuration.calendar.date(at: clock.now()).advanced(by: -1)
  }
}
