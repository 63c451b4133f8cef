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
  let settings: JobSettings
  let clock: RunClock
  let request: CloseRequest
  let calendar: LedgerCalendar
  let progress: CloseProgress

  /// A run with these settings.
  ///
  /// - Parameter progress: counts what the run does, for a progress display.
  /// - Throws: `UsageError` if a required setting is missing or contradicts another.
  public init(
    settings: JobSettings, clock: RunClock, request: CloseRequest = CloseRequest(),
    progress: CloseProgress = CloseProgress()
  ) throws(UsageError) {
    guard settings.exports != nil else {
      throw UsageError("no exports are given. Give --job FILE or --exports DIR.")
    }
    guard settings.chart != nil else {
      throw UsageError("no chart of accounts is given. Give --job FILE or --chart FILE.")
    }
    guard settings.store != nil else { throw UsageError.noStore }
    guard settings.loanTape == nil || settings.principalAccounts != nil else {
      throw UsageError(
        "a loan tape is given, but not what to compare it with. Give --principal-accounts CODES.")
    }
    guard settings.webhookURL == nil || settings.webhookSecretFile != nil else {
      throw UsageError(
        "a webhook is given, but nothing to sign its messages with. Give --webhook-secret-file FILE."
      )
    }
    guard let calendar = LedgerCalendar(timeZone: settings.timeZone) else {
      throw UsageError("there is no time zone '\(settings.timeZone)'.")
    }
    for account in settings.bankAccounts where !account.csv.isEmpty { _ = try account.csvMapping() }
    self.settings = settings
    self.clock = clock
    self.calendar = calendar
    self.progress = progress
    self.request = request
    let today = calendar.date(at: clock.now())
    if settings.missingDates == .empty && lastDate > today {
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
    let storePath = settings.store ?? ""
    try ReportSet.makeDirectories(FilePath(storePath).directory.string)
    let began = ContinuousClock.now
    let layout = ExportLayout(root: settings.exports ?? "")
    let found = try layout.tenants()
    let lock = try StoreLock(storePath: storePath, waiting: request.waiting)
    defer { withExtendedLifetime(lock) {} }
    let store = try BookStore(writingTo: storePath)
    var result = RunResult(reports: settings.reports)
    result.unexpectedEntries = found.unexpectedEntries.map(\.description)
    let paths = Dictionary(found.tenants.map { ($0.tenant, $0.path) }, uniquingKeysWith: { $1 })
    let reader = DateReader(
      settings: settings, calendar: calendar, clock: clock, progress: progress)
    result.tenants = try store.write { writer in
      if settings.loanTape != nil { try writer.boundPageCache() }
      let chosen = try chosenTenants(found.tenants, found.unexpectedEntries, writer.reader)
      let coordinator = CloseCoordinator(
        writer: writer, dateReader: reader, request: request, isForOneTenant: chosen.count == 1)
      return try coordinator.closeTenants(chosen.map { ($0, paths[$0]) }, through: lastDate)
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
    guard settings.tenants.isEmpty else { return settings.tenants }
    let booked = try reader?.tenantStates().map(\.tenant) ?? []
    let chosen = Set(exporting.map(\.tenant)).union(booked).sorted()
    guard !chosen.isEmpty || !unexpectedEntries.isEmpty else {
      throw CloseRefusal(
        .nothingExported,
        "nothing was closed: \(settings.exports ?? "") has no tenant_id=… directory, and no tenant has books. "
          + "Check the path, and that its disk is mounted.")
    }
    return chosen
  }

  /// The last date that the run closes: the job's, or yesterday in the ledger's time zone.
  public var lastDate: BusinessDate {
    settings.date ?? calendar.date(at: clock.now()).advanced(by: -1)
  }
}
