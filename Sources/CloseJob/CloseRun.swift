import DailyClose
import Glibc
import JournalReading
import LedgerDomain
import Reports
import SnapshotStore
import Workers

/// The scheduled job: closes every date that is not closed yet, tenant by tenant, in order.
///
///     var settings = JobSettings()
///     settings.exports = "exports"
///     settings.chart = "chart.csv"
///     settings.store = "books.sqlite"
///     let result = try CloseRun(settings: settings, clock: .system).run()
///     exit(result.exitCode)
public struct CloseRun {
  private let settings: JobSettings
  private let clock: RunClock
  private let calendar: LedgerCalendar

  /// A run with these settings.
  ///
  /// - Throws: `UsageError` if something it needs is not given.
  public init(settings: JobSettings, clock: RunClock) throws(UsageError) {
    guard settings.exports != nil else {
      throw UsageError("no exports are given. Give --exports DIR.")
    }
    guard settings.chart != nil else {
      throw UsageError("no chart of accounts is given. Give --chart FILE.")
    }
    guard settings.store != nil else { throw UsageError("no store is given. Give --store FILE.") }
    guard let calendar = LedgerCalendar(timeZone: settings.timeZone) else {
      throw UsageError("there is no time zone '\(settings.timeZone)'.")
    }
    self.settings = settings
    self.clock = clock
    self.calendar = calendar
  }

  /// Runs to the end. A tenant that fails does not stop the others.
  ///
  /// - Throws: `StoreError` if the store cannot be used or another run holds it; `ReadingError` if
  ///   the exports cannot be listed.
  public func run() throws -> RunResult {
    let storePath = settings.store ?? ""
    if let slash = storePath.lastIndex(of: "/"), slash > storePath.startIndex {
      try ReportSet.makeDirectories(String(storePath[..<slash]))
    }
    let began = ContinuousClock.now
    let layout = ExportLayout(root: settings.exports ?? "")
    let found = try layout.tenants()
    let lock = try StoreLock(storePath: storePath)
    defer { withExtendedLifetime(lock) {} }
    let store = try BookStore(writingTo: storePath)
    var result = RunResult(reports: settings.reports)
    result.strays = found.strays.map(\.description)
    let paths = Dictionary(found.tenants.map { ($0.tenant, $0.path) }, uniquingKeysWith: { $1 })
    let reader = dayReader(storePath: storePath)
    result.tenants = try store.write { writer in
      let chosen = try settings.tenants.isEmpty ? known(found.tenants, writer) : settings.tenants
      let committer = Committer(
        writer: writer, settings: settings, dayReader: reader, isForOneTenant: chosen.count == 1)
      return try committer.close(chosen.map { ($0, paths[$0]) }, through: lastDate)
    }
    let elapsed = ContinuousClock.now - began
    result.seconds =
      Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    return result
  }

  private func dayReader(storePath: String) -> DayReader {
    let slash = storePath.lastIndex(of: "/")
    let directory = slash.map { $0 > storePath.startIndex ? String(storePath[..<$0]) : "/" } ?? "."
    // What is not for identifiers: blocks of records, SQLite's pages, the program itself.
    let reserved = 72 << 20
    let limit = settings.memoryLimit.map { max(8 << 20, $0 - reserved) } ?? Int.max
    return DayReader(
      settings: settings, calendar: calendar, clock: clock,
      resources: ReadingResources(
        budget: CoreBudget(cores: settings.jobs ?? CoreBudget.machineCores)),
      memory: RegisterMemory(limit: limit, spillDirectory: directory))
  }

  /// The tenants with exports and those with books: one whose exports are gone is not passed over.
  private func known(
    _ exporting: [(tenant: TenantID, path: String)], _ writer: BookWriter
  ) throws -> [TenantID] {
    let booked = try writer.reader.tenantStates().map(\.tenant)
    return Set(exporting.map(\.tenant)).union(booked).sorted()
  }

  private var lastDate: BusinessDate {
    settings.date ?? calendar.date(at: clock.now()).advanced(by: -1)
  }
}
