import BuildInfo
import CloseJob
public import JobConfiguration
import JournalReading
import LedgerDomain
import Reports
import SnapshotStore

/// Checks the machine, the store and the job, and gives a remedy for each problem.
public struct Doctor {
  let settings: JobSettings
  let problems: [UsageError]
  let hasJob: Bool
  let clock: RunClock

  /// A doctor for the settings from flags, environment and job file together.
  ///
  /// - Parameters:
  ///   - problems: the problems found while reading the job file.
  ///   - hasJob: whether there is a job file.
  public init(
    sources: SettingSources, problems: [UsageError], hasJob: Bool, clock: RunClock = .system
  ) {
    var problems = problems
    settings = JobSettings(sources, problems: &problems)
    self.problems = problems
    self.hasJob = hasJob
    self.clock = clock
  }

  /// Runs every check. Nothing is changed.
  public func examine() -> Inspection {
    var inspection = Inspection()
    build(&inspection)
    library(&inspection)
    if let path = settings.store {
      StoreInspector(path: path, clock: clock).inspect(into: &inspection)
    } else {
      inspection.add(
        "store", .note, "no store was given, so none was checked",
        remedy: "Give --job FILE or --store FILE.")
    }
    if let path = settings.reports { freeSpace("reports", path, &inspection) }
    clock(&inspection)
    timeZone(&inspection)
    job(&inspection)
    return inspection
  }

  private func build(_ inspection: inout Inspection) {
    inspection.add("tieout", .fine, "\(BuildInfo.version) (\(BuildInfo.gitSHA))")
    if InflatingLibrary.isISAL {
      inspection.add("traits", .fine, "ISAL: gzip is decompressed with ISA-L")
    } else {
      inspection.add(
        "traits", .note, "built without ISAL: gzip takes twice as long",
        remedy: "Build with --traits ISAL (libisal-dev).")
    }
    if reportFiles.contains(where: { $0.name == "close.xlsx" }) {
      inspection.add("traits", .fine, "XLSX: reports include close.xlsx")
    } else {
      inspection.add(
        "traits", .note, "built without XLSX: reports do not include close.xlsx",
        remedy: "Build with --traits XLSX (libxlsxwriter-dev) if finance wants it.")
    }
  }

  private func library(_ inspection: inout Inspection) {
    let version = SQLiteLibrary.version
    if !SQLiteLibrary.hasStrictTables {
      inspection.add(
        "sqlite", .error, "SQLite \(version) does not support strict tables, which the store needs",
        remedy: "Install SQLite 3.37 or newer.")
    } else if !SQLiteLibrary.isWALSafe {
      inspection.add(
        "sqlite", .note,
        "SQLite \(version) can corrupt a write-ahead log that two processes use (the WAL-reset "
          + "bug, fixed in 3.51.3). Tieout therefore uses a rollback journal: no data is at risk, but "
          + "readers wait while a close commits",
        remedy: "Install SQLite 3.51.3 or newer to let readers continue during a commit.")
    } else {
      inspection.add("sqlite", .fine, "SQLite \(version); no known bug affects the store")
    }
  }

  private func job(_ inspection: inout Inspection) {
    for problem in problems {
      inspection.add(
        "job", .error, problem.description, remedy: "Run tieout job check for details.")
    }
    if !hasJob && settings.exports == nil { return }
    if problems.isEmpty {
      do throws(UsageError) {
        _ = try CloseRun(settings: settings, clock: clock)
        if hasJob { inspection.add("job", .fine, "all keys and values are valid") }
      } catch {
        inspection.add(
          "job", .error, error.description, remedy: "Run tieout job check for details.")
      }
    }
    InputInspector(settings: settings, clock: clock).inspect(into: &inspection)
  }

  private func freeSpace(_ subject: String, _ path: String, _ inspection: inout Inspection) {
    FreeSpaceInspector(path: path, needed: 0).inspect(subject, into: &inspection)
  }
}
