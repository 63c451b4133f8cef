import DailyClose
import DoubleEntryRules
public import JobConfiguration
import FileInput
import JournalReading
import LedgerDomain
import LoanTapeReading
import SystemPackage
import Workers

/// One tenant's date that is to be closed.
struct CloseTask: Sendable {
  let tenant: TenantID
  /// The tenant's directory.
  let tenantPath: String
  let date: BusinessDate
  /// The tenant's first closed date; this one, if it is the first.
  let firstDate: BusinessDate
  let chart: ChartOfAccounts
  /// The close whose movement is to be replaced, if the date is to be closed again.
  var replaces: CloseHeader?
  /// Whether loans are read, too: not where a closed date is only compared.
  var readsLoans = true
}

/// What reading a date gave.
struct DateInput {
  let work: CloseTask
  let startedAt: String
  let manifest: Manifest?
  let receipts: [PartSummary]
  let tally: DateTally
  /// The bank's statements of the date; `nil` if the job names none.
  var statements: DateStatements?
  /// The date's loan tape; `nil` if the job names none.
  let loanTape: LoanTape?
}

/// A date that is being read: its parts, each with a sink of its own, so that several threads can
/// read them at once.
final class OpenDate {
  let work: CloseTask
  let startedAt: String
  let manifest: Manifest?
  let parts: [ExportPart]
  fileprivate let sinks: [PartSink]
  fileprivate let meter: ReadingMeter?

  fileprivate init(
    work: CloseTask, startedAt: String, manifest: Manifest?, parts: [ExportPart] = [],
    sinks: [PartSink] = [], meter: ReadingMeter? = nil
  ) {
    self.work = work
    self.startedAt = startedAt
    self.manifest = manifest
    self.parts = parts
    self.sinks = sinks
    self.meter = meter
  }
}

/// Reads dates in three steps: open the directory, read each part, put the parts together.
struct DateReader: Sendable {
  let settings: JobSettings
  let calendar: LedgerCalendar
  let clock: RunClock
  let progress: CloseProgress
  let resources: ReadingResources
  let memory: EntryChunkPool
  let loanMemory: LoanMemoryBudget

  /// A reader with the cores and the memory that the job allows.
  init(
    settings: JobSettings, calendar: LedgerCalendar, clock: RunClock,
    progress: CloseProgress = CloseProgress()
  ) {
    self.settings = settings
    self.progress = progress
    self.calendar = calendar
    self.clock = clock
    let directory = FilePath(settings.store ?? "").directory.string
    // What is not for identifiers: blocks of records, SQLite's pages, the program itself.
    let reserved = 72 << 20
    let limit = settings.memoryLimit.map { max(8 << 20, $0 - reserved) } ?? Int.max
    resources = ReadingResources(
      budget: CoreBudget(cores: settings.jobs ?? CoreBudget.machineCores))
    memory = EntryChunkPool(limit: limit, spillDirectory: directory)
    let loanLimit = min(64 << 20, max(8 << 20, (settings.memoryLimit ?? Int.max) / 4))
    loanMemory = LoanMemoryBudget(limit: loanLimit, spillDirectory: directory)
  }

  /// Reads everything a date's directory holds, part by part.
  ///
  /// - Throws: `ReadingError` if there is no export, or a part of it is not whole.
  func read(_ work: CloseTask) throws -> DateInput {
    defer { progress.closed(work.tenant, work.date) }
    let day = try open(work)
    return try finish(day, try day.parts.indices.map { try read(part: $0, of: day) })
  }

  /// Lists a date's directory and reads its manifest.
  ///
  /// - Throws: `ReadingError` if there is no export, or its parts are not those of the manifest.
  func open(_ work: CloseTask) throws -> OpenDate {
    let startedAt = clock.timestamp()
    guard let export = try export(of: work) else {
      return OpenDate(work: work, startedAt: startedAt, manifest: nil)
    }
    let manifest = try manifest(of: export, work)
    let bytes = export.parts.reduce(0) { $0 + ((try? $1.byteCount()) ?? 0) }
    return OpenDate(
      work: work, startedAt: startedAt, manifest: manifest, parts: export.parts,
      sinks: export.parts.map { PartSink(tally: tally(of: $0, work)) },
      meter: progress.opened(work.tenant, work.date, bytes: bytes))
  }

  /// Reads one part. The caller has taken a core for it.
  ///
  /// - Throws: `ReadingError` if it is not whole, or not what the manifest says.
  func read(part index: Int, of day: OpenDate) throws -> PartSummary {
    let receipt = try PartReader.read(
      day.parts[index], limits: limits, resources: resources, meter: day.meter,
      into: day.sinks[index])
    day.sinks[index].tally.finishReading()
    try day.manifest?.check(receipt)
    return receipt
  }

  /// Takes out what repeats an entry, and adds the parts up.
  ///
  /// - Parameter receipts: of every part, in order.
  func finish(_ day: OpenDate, _ receipts: [PartSummary]) throws -> DateInput {
    let tallies = day.sinks.map(\.tally)
    try takeOutRepetitions(of: day.parts, tallies, receipts)
    let statements = try settings.statements.map { root in
      try StatementLoader(root: root, accounts: settings.bankAccounts).read(
        day.work.tenant, day.work.date)
    }
    return DateInput(
      work: day.work, startedAt: day.startedAt, manifest: day.manifest, receipts: receipts,
      tally: DateTally(
        tallies, recordsRead: receipts.map(\.records), findingsLimit: settings.findingsLimit,
        restating: restating(day.work), bankItems: bankItems,
        openingLoans: try openingLoans(day.work)), statements: statements,
      loanTape: loanTape(day.work))
  }

  /// Reads the date's loan tape, if the job names a place for tapes.
  private func loanTape(_ work: CloseTask) -> LoanTape? {
    guard let root = settings.loanTape, settings.principalAccounts != nil, work.readsLoans else {
      return nil
    }
    let tape = LoanTape(memory: loanMemory, findingsLimit: settings.findingsLimit)
    tape.read(
      LoanTapeLayout(root: root), of: work.date, tenant: work.tenant,
      bytesMax: settings.partBytesMax)
    return tape
  }

  /// What loans stood at before a tenant's first date: the tape of the day before, if there is one.
  ///
  /// - Throws: `ReadingError` if it cannot be read, or not wholly: loans would be wrong ever after.
  private func openingLoans(_ work: CloseTask) throws -> PrincipalTally? {
    guard work.date == work.firstDate, let root = settings.loanTape,
      let lines = principalLines(work)
    else { return nil }
    let date = work.date.advanced(by: -1)
    let tape = LoanTape(memory: loanMemory, findingsLimit: 1)
    tape.read(
      LoanTapeLayout(root: root), of: date, tenant: work.tenant, bytesMax: settings.partBytesMax)
    if let failure = tape.failure { throw failure }
    while let principal = try tape.next() { lines.addOpening(principal, asOf: date) }
    if let finding = tape.findings.kept.first {
      throw ReadingError(
        .invalidTable, file: "\(root), date=\(date)",
        message: "the tape of the day before the first date must be whole. \(finding.message)")
    }
    lines.finishAdding()
    return lines
  }

  private func principalLines(_ work: CloseTask) -> PrincipalTally? {
    guard let accounts = settings.principalAccounts, work.readsLoans else { return nil }
    return PrincipalTally(
      accounts: accounts, memory: settings.loanTape == nil ? nil : loanMemory)
  }

  private var bankItems: BankItemCollector {
    BankItemCollector(settings.bankAccounts.map(\.account.key))
  }

  /// What is kept of the entries, to explain restatements.
  private func restating(_ work: CloseTask) -> RestatingEntryCollector {
    let scope: RestatingEntryScope =
      work.replaces != nil
      ? .everything : work.date == work.firstDate ? .nothing : .before(work.date)
    return RestatingEntryCollector(scope, limit: settings.restatingEntriesLimit)
  }

  /// The date's directory; `nil` if it is missing and the job takes that for an empty day.
  private func export(of work: CloseTask) throws(ReadingError) -> DateExport? {
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

  private func manifest(of export: DateExport, _ work: CloseTask) throws -> Manifest? {
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

  private func tally(of part: ExportPart, _ work: CloseTask) -> PartTally {
    PartTally(
      file: part.name,
      rules: EntryRules(
        tenant: work.tenant, date: work.date, seconds: calendar.seconds(of: work.date),
        chart: work.chart),
      effectiveDateCheck: EffectiveDateCheck(
        businessDate: work.date, firstDate: work.firstDate, lockedThrough: settings.lockedThrough),
      findingsLimit: settings.findingsLimit, restating: restating(work),
      bankItems: bankItems, memory: memory, principal: principalLines(work))
  }

  /// Reads the parts that repeat an identifier again, and takes the repeated entries out.
  private func takeOutRepetitions(
    of parts: [ExportPart], _ tallies: [PartTally], _ receipts: [PartSummary]
  ) throws {
    let repeated = try DuplicateDetector.duplicateEntries(
      in: tallies.map(\.register), budget: resources.budget)
    for index in parts.indices where repeated[index].count > 0 {
      let sink = RepetitionSink(tally: tallies[index], repeated: repeated[index])
      let again = try PartReader.read(
        parts[index], limits: limits, resources: resources, into: sink)
      guard again == receipts[index] else {
        throw ReadingError(
          .partDigestMismatch, file: parts[index].name,
          message: "was changed while it was read. Run again when the export has finished.")
      }
    }
    try ReversalChecker.check(tallies)
    tallies.forEach { $0.finish() }
  }
}
