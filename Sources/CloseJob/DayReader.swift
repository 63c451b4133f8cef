import DailyClose
import DoubleEntryRules
import JournalReading
import LedgerDomain

/// One tenant's date that is to be closed.
struct DateWork: Sendable {
  let tenant: TenantID
  /// The tenant's directory.
  let tenantPath: String
  let date: BusinessDate
  /// The tenant's first closed date; this one, if it is the first.
  let firstDate: BusinessDate
  let chart: ChartOfAccounts
}

/// What reading a date gave.
struct DayReading {
  let work: DateWork
  let startedAt: String
  let manifest: Manifest?
  let receipts: [PartReceipt]
  let tally: DayTally
}

/// Reads a date: its manifest, its parts, and the parts that repeat entries a second time.
struct DayReader: Sendable {
  let settings: JobSettings
  let calendar: LedgerCalendar
  let clock: RunClock

  /// Reads everything a date's directory holds.
  ///
  /// - Throws: `ReadingError` if there is no export, or a part of it is not whole.
  func read(_ work: DateWork) throws -> DayReading {
    let startedAt = clock.timestamp()
    guard let export = try export(of: work) else {
      return DayReading(
        work: work, startedAt: startedAt, manifest: nil, receipts: [],
        tally: DayTally([], findingsLimit: settings.findingsLimit))
    }
    let manifest = try manifest(of: export, work)
    let sinks = export.parts.map { PartSink(tally: tally(of: $0, work)) }
    var receipts: [PartReceipt] = []
    for (part, sink) in zip(export.parts, sinks) {
      let receipt = try PartReader.read(part, limits: limits, into: sink)
      try manifest?.check(receipt)
      receipts.append(receipt)
    }
    let tallies = sinks.map(\.tally)
    try takeOutRepetitions(of: export.parts, tallies, receipts)
    return DayReading(
      work: work, startedAt: startedAt, manifest: manifest, receipts: receipts,
      tally: DayTally(tallies, findingsLimit: settings.findingsLimit))
  }

  /// The date's directory; `nil` if it is missing and the job takes that for an empty day.
  private func export(of work: DateWork) throws(ReadingError) -> DateExport? {
    let layout = ExportLayout(root: settings.exports ?? "")
    do {
      return try layout.export(of: work.date, inTenantDirectory: work.tenantPath)
    } catch {
      if error.code == .missingExport && settings.missingDates == .empty { return nil }
      throw error
    }
  }

  private var limits: ReadLimits {
    ReadLimits(recordBytesMax: settings.recordBytesMax, partBytesMax: settings.partBytesMax)
  }

  private func manifest(of export: DateExport, _ work: DateWork) throws -> Manifest? {
    guard let path = export.manifestPath else {
      if !settings.requiresManifest { return nil }
      throw ReadingError(
        .missingManifest, file: "manifest.json",
        message: "is missing, and the job requires one. Ask the exporter for it.")
    }
    let manifest = try Manifest.read(at: path, tenant: work.tenant, date: work.date)
    try manifest.checkNames(of: export.parts)
    return manifest
  }

  private func tally(of part: ExportPart, _ work: DateWork) -> PartTally {
    PartTally(
      file: part.name,
      rules: EntryRules(
        tenant: work.tenant, date: work.date, seconds: calendar.seconds(of: work.date),
        chart: work.chart),
      dateNotes: EffectiveDateNotes(
        businessDate: work.date, firstDate: work.firstDate, lockedThrough: settings.lockedThrough),
      findingsLimit: settings.findingsLimit)
  }

  /// Reads the parts that repeat an identifier again, and takes the repeated entries out.
  private func takeOutRepetitions(
    of parts: [ExportPart], _ tallies: [PartTally], _ receipts: [PartReceipt]
  ) throws {
    let repeated = DuplicateGuard.repeatedEntries(in: tallies.map(\.register))
    for index in parts.indices where repeated[index].count > 0 {
      let sink = RepetitionSink(tally: tallies[index], repeated: repeated[index])
      let again = try PartReader.read(parts[index], limits: limits, into: sink)
      guard again == receipts[index] else {
        throw ReadingError(
          .partDigestMismatch, file: parts[index].name,
          message: "was changed while it was read. Run again when the export has finished.")
      }
    }
    tallies.forEach { $0.settle() }
  }
}

/// Hands a part's records to its tally.
private final class PartSink: RecordSink {
  let tally: PartTally

  init(tally: PartTally) { self.tally = tally }

  func accept(_ entry: JournalEntry, at position: RecordPosition) {
    tally.take(entry, record: position.record, byteOffset: position.byteOffset)
  }

  func reject(
    _ fault: RecordFault, text: UnsafeBufferPointer<UInt8>, at position: RecordPosition
  ) {
    let fingerprint = text.baseAddress.map { Fingerprint.of($0, count: text.count) } ?? 0
    tally.takeFault(
      fault.finding(), readableLines: fault.readableLines, fingerprint: fingerprint,
      byteCount: text.count, record: position.record, byteOffset: position.byteOffset)
  }

  func rejectTooLong(bytes: Int, at position: RecordPosition) {
    let finding = Finding(
      .recordTooLong,
      message: "The record has \(bytes) bytes, more than the limit. Have the exporter split or "
        + "correct it, or raise record_bytes_max.")
    tally.takeFault(
      finding, readableLines: nil, fingerprint: 0, byteCount: bytes, record: position.record,
      byteOffset: position.byteOffset)
  }
}

/// Finds the repeated entries of a part when it is read again.
private final class RepetitionSink: RecordSink {
  private let tally: PartTally
  private var repeated: RepeatedEntries

  init(tally: PartTally, repeated: RepeatedEntries) {
    self.tally = tally
    self.repeated = repeated
  }

  func accept(_ entry: JournalEntry, at position: RecordPosition) {
    guard tally.isAcceptable(entry), let code = repeated.code(for: entry.id) else { return }
    tally.quarantineRepetition(
      entry, code: code, record: position.record, byteOffset: position.byteOffset)
  }

  func reject(_: RecordFault, text: UnsafeBufferPointer<UInt8>, at position: RecordPosition) {}
  func rejectTooLong(bytes: Int, at position: RecordPosition) {}
}
