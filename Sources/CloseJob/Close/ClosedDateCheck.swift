import DailyClose
public import JobConfiguration
import JournalReading
import LedgerDomain
import SnapshotStore

/// Whether the export of a date that is closed already is still the one that was closed.
struct ClosedDateCheck {
  /// How an export stands to the close of its date.
  enum Outcome {
    /// It is the same.
    case same
    /// Its files differ, but hold the same records.
    case sameRecords(parts: String)
    /// It is not there any more.
    case gone
    /// It holds other records.
    case other(parts: String)
  }

  let dayReader: DateReader
  let reader: BookReader

  /// Compares the date's parts with those that the close read, and if they differ, their records.
  ///
  /// Records are judged with the chart that the close used: that the chart grew since is no other input.
  ///
  /// - Throws: `ReadingError` if the export cannot be read any more.
  func outcome(_ work: CloseTask, _ header: CloseHeader) throws -> Outcome {
    let closed = try reader.parts(header.closeID)
    guard hasDirectory(work) else { return closed.isEmpty ? .same : .gone }
    let differing = try Self.differingParts(
      closed, try dayReader.open(work).parts.map { ($0.name, try $0.sha256()) })
    if differing.isEmpty { return .same }
    var asClosed = CloseTask(
      tenant: work.tenant, tenantPath: work.tenantPath, date: work.date, firstDate: work.firstDate,
      chart: try reader.chart(of: header.closeID))
    asClosed.readsLoans = false
    return try digest(asClosed) == header.inputDigest
      ? .sameRecords(parts: differing) : .other(parts: differing)
  }

  /// Compares what the date's records come to today, with today's chart, with what was closed: what
  /// closing the date again goes by.
  ///
  /// - Throws: `ReadingError` if the export cannot be read any more.
  func outcomeOfReclosing(_ work: CloseTask, _ header: CloseHeader) throws -> Outcome {
    guard hasDirectory(work) else { return try outcome(work, header) }
    if try digest(work) == header.inputDigest { return .same }
    let parts = try Self.differingParts(
      try reader.parts(header.closeID),
      try dayReader.open(work).parts.map { ($0.name, try $0.sha256()) })
    return .other(parts: parts.isEmpty ? "which of the records are accepted" : parts)
  }

  private func digest(_ work: CloseTask) throws -> String {
    reader.inputDigest(of: try dayReader.read(work).tally.input)
  }

  /// Whether the date has a directory: one that was archived away is not an empty day.
  func hasDirectory(_ work: CloseTask) -> Bool {
    ExportLayout(root: dayReader.settings.exports ?? "").hasDirectory(
      of: work.date, inTenantDirectory: work.tenantPath)
  }

  /// The names of parts that are new, gone or have other bytes, for a sentence; empty if none are.
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
