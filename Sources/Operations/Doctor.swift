import BuildInfo
public import CloseJob
import JournalReading
import LedgerDomain
import Reports
import SnapshotStore

/// Examines the machine, the store and the job, and says what to do about what is not well.
public struct Doctor {
  let settings: JobSettings
  let problems: [UsageError]
  let hasJob: Bool
  let clock: RunClock

  /// A doctor for what flags, environment and job file say together.
  ///
  /// - Parameters:
  ///   - problems: what is wrong with the job file's keys.
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

  /// Examines everything. Nothing is changed.
  public func examine() -> Inspection {
    var inspection = Inspection()
    build(&inspection)
    library(&inspection)
    if let path = settings.store {
      StoreExamination(path: path, clock: clock).examine(into: &inspection)
    } else {
      inspection.add(
        "store", .note, "no store is given, so that none was examined",
        remedy: "Give --job FILE or --store FILE.")
    }
    if let path = settings.reports { room("reports", path, &inspection) }
    clock(&inspection)
    timeZone(&inspection)
    job(&inspection)
    return inspection
  }

  private func build(_ inspection: inout Inspection) {
    inspection.add("tieout", .fine, "\(BuildInfo.version) (\(BuildInfo.gitSHA))")
    if InflatingLibrary.isISAL {
      inspection.add("traits", .fine, "ISAL: gzip through ISA-L")
    } else {
      inspection.add(
        "traits", .note, "built without ISAL: gzip takes twice the time",
        remedy: "Build with --traits ISAL (libisal-dev).")
    }
    if reportFiles.contains(where: { $0.name == "close.xlsx" }) {
      inspection.add("traits", .fine, "XLSX: reports include close.xlsx")
    } else {
      inspection.add(
        "traits", .note, "built without XLSX: reports lack close.xlsx",
        remedy: "Build with --traits XLSX (libxlsxwriter-dev), if finance wants it.")
    }
  }

  private func library(_ inspection: inout Inspection) {
    let version = SQLiteLibrary.version
    if !SQLiteLibrary.hasStrictTables {
      inspection.add(
        "sqlite", .failure, "SQLite \(version) knows no strict tables, which the store is made of",
        remedy: "Install SQLite 3.37 or newer.")
    } else if !SQLiteLibrary.isWALSafe {
      inspection.add(
        "sqlite", .note,
        "SQLite \(version) can corrupt a write-ahead log that two processes use (the WAL-reset bug, "
          + "mended in 3.51.3). Tieout keeps to a rollback journal with it: nothing is at risk, but "
          + "readers wait while a close is committed",
        remedy: "SQLite 3.51.3 or newer lets them read on.")
    } else {
      inspection.add("sqlite", .fine, "SQLite \(version), without a fault that concerns the store")
    }
  }

  private func job(_ inspection: inout Inspection) {
    for problem in problems {
      inspection.add(
        "job", .failure, problem.description, remedy: "tieout job check says more.")
    }
    if !hasJob && settings.exports == nil { return }
    if problems.isEmpty {
      do throws(UsageError) {
        _ = try CloseRun(settings: settings, clock: clock)
        if hasJob { inspection.add("job", .fine, "keys and values are valid") }
      } catch {
        inspection.add(
          "job", .failure, error.description, remedy: "tieout job check says more.")
      }
    }
    InputInspector(settings: settings).inspect(into: &inspection)
  }

  private func room(_ subject: String, _ path: String, _ inspection: inout Inspection) {
    FreeRoom(path: path, needed: 0).examine(subject, into: &inspection)
  }
}
