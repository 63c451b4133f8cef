import DailyClose
import JobConfiguration
import JournalReading
import LedgerDomain
import SnapshotStore

/// Whether the export of a date that is closed already is still the one that was closed.
///
/// Usually only the SHA-256 of its parts is computed. Records are read only if that differs.
struct ClosedDateCheck {
  /// How an export compares with the close of its date.
  enum Outcome {
    /// It is the same.
    case same
    /// Its files differ, but contain the same records.
    case sameRecords(parts: String)
    /// It no longer exists.
    case gone
    /// It differs, and is unfinished: it is probably being exported again.
    case unfinished(ReadingError)
    /// It contains other records.
    case other(parts: String)
  }

  let dateReader: DateReader
  let reader: BookReader

  /// Compares the date's parts with those that the close read, and if they differ, their records.
  ///
  /// Records are checked against the chart that the close used: a chart that grew since is not changed
  /// input.
  ///
  /// - Throws: `ReadingError` if the export can no longer be read.
  func outcome(_ task: CloseTask, _ header: CloseHeader) throws -> Outcome {
    let closed = try reader.parts(header.closeID)
    guard let export = try export(of: task) else { return closed.isEmpty ? .same : .gone }
    var asClosed = CloseTask(
      tenant: task.tenant, tenantPath: task.tenantPath, date: task.date, firstDate: task.firstDate,
      chart: try reader.chart(of: header.closeID))
    (asClosed.readsLoans, asClosed.mayBeUnfinished) = (false, true)
    let differing = try Self.differingParts(
      closed, try dateReader.open(asClosed).parts.map { ($0.name, try $0.sha256()) })
    if differing.isEmpty { return .same }
    if let unfinished = export.unfinished { return .unfinished(unfinished) }
    asClosed.closedEntries = try reader.repetitions(of: header.closeID)
    return try digest(asClosed) == header.inputDigest
      ? .sameRecords(parts: differing) : .other(parts: differing)
  }

  /// Compares the date's records, checked against today's chart, with the close, as closing the date
  /// again would.
  ///
  /// - Throws: `ReadingError` if the export can no longer be read.
  func outcomeOfReclosing(_ task: CloseTask, _ header: CloseHeader) throws -> Outcome {
    guard try isFinished(task) else { return try outcome(task, header) }
    var task = task
    task.closedEntries = try reader.repetitions(of: header.closeID)
    if try digest(task) == header.inputDigest { return .same }
    let parts = try Self.differingParts(
      try reader.parts(header.closeID),
      try dateReader.open(task).parts.map { ($0.name, try $0.sha256()) })
    return .other(parts: parts.isEmpty ? "which of the records are accepted" : parts)
  }

  /// The digest of the records that a date's export holds, its parts read in parallel.
  private func digest(_ task: CloseTask) throws -> String {
    var task = task
    task.keepsIdentifiers = false
    defer { dateReader.progress.finished(task.tenant, task.date) }
    return reader.inputDigest(of: try dateReader.readAlone(task).tally.input)
  }

  /// The date's export as it is; `nil` if there is none. A date whose directory was archived is not an
  /// empty date, nor is one whose directory has only names that do not count.
  func export(of task: CloseTask) throws(ReadingError) -> DateExport? {
    let export = try dateReader.layout.contents(of: task.date, inTenantDirectory: task.tenantPath)
    return export?.hasOnlyBegun == true ? nil : export
  }

  /// Whether the date has an export that is finished.
  func isFinished(_ task: CloseTask) throws(ReadingError) -> Bool {
    guard let export = try export(of: task) else { return false }
    return export.unfinished == nil
  }

  /// The note on a date whose files changed and whose records did not.
  static func note(onSameRecordsOf date: BusinessDate, _ parts: String) -> String {
    "\(date) is already closed. Its files changed (\(parts)) but contain the same records: there is "
      + "nothing to do."
  }

  /// The names of parts that were added, removed or changed, separated by commas; empty if there are none.
  static func differingParts(
    _ closed: [InputPart], _ present: [(file: String, sha256: String)]
  ) throws -> String {
    var unmatched = Dictionary(closed.map { ($0.file, $0.sha256) }, uniquingKeysWith: { $1 })
    var differing: Set<String> = []
    for part in present where unmatched.removeValue(forKey: part.file) != part.sha256 {
      differing.insert(part.file)
    }
    return differing.union(unmatched.keys).sorted().joined(separator: ", ")
  }
}
