import DailyClose
import DoubleEntryRules
import FileInput
import JobConfiguration
import JournalReading
import LedgerDomain
import LoanTapeReading
import SystemPackage
import Workers

/// Reads dates in three steps: open the directory, read each part, assemble the date.
struct DateReader: Sendable {
  let configuration: ReadingConfiguration
  let clock: RunClock
  private(set) var progress: CloseProgress
  let resources: ReadingResources
  let memory: EntryChunkPool
  let loanMemory: LoanMemoryBudget

  /// A reader with the cores and the memory that the job allows.
  init(
    configuration: ReadingConfiguration, clock: RunClock,
    progress: CloseProgress = CloseProgress()
  ) {
    self.configuration = configuration
    self.progress = progress
    self.clock = clock
    let directory = FilePath(configuration.store).directory.string
    // Memory for everything but identifiers: blocks of records, SQLite's pages, the program itself.
    let reserved = 72 << 20
    let limit = configuration.memoryLimit.map { max(8 << 20, $0 - reserved) } ?? Int.max
    resources = ReadingResources(
      budget: CoreBudget(cores: configuration.jobs ?? CoreBudget.machineCores))
    memory = EntryChunkPool(limit: limit, spillDirectory: directory)
    loanMemory = Self.loanMemory(
      store: configuration.store, memoryLimit: configuration.memoryLimit)
  }

  /// The memory for loans beside a store, under a run's limit.
  static func loanMemory(store: String, memoryLimit: Int?) -> LoanMemoryBudget {
    LoanMemoryBudget(
      limit: min(64 << 20, max(8 << 20, (memoryLimit ?? Int.max) / 4)),
      spillDirectory: FilePath(store).directory.string)
  }

  /// Reads a date on the calling thread, part by part.
  ///
  /// - Throws: `ReadingError` if there is no export, or a part is incomplete or damaged.
  func read(_ task: CloseTask) throws -> DateInput {
    let date = try open(task)
    return try assemble(date, try date.parts.indices.map { try read(part: $0, of: date) })
  }

  /// The same reader, whose reading a progress display does not count.
  func withoutProgress() -> DateReader {
    var copy = self
    copy.progress = CloseProgress()
    return copy
  }

  /// Reads a date by itself, its parts in parallel.
  ///
  /// - Throws: as `read(_:)`.
  func readAlone(_ task: CloseTask) throws -> DateInput {
    let pipeline = ReadingPipeline(tasks: [task], reader: self)
    defer { pipeline.stop() }
    return try pipeline.input(0)
  }

  /// Lists a date's directory and reads its manifest.
  ///
  /// - Throws: `ReadingError` if there is no export, or its parts differ from the manifest's.
  func open(_ task: CloseTask) throws -> OpenDate {
    let startedAt = clock.timestamp()
    guard let export = try export(of: task) else {
      return OpenDate(task: task, startedAt: startedAt, manifest: nil)
    }
    let manifest = try manifest(of: export, task)
    let bytes = export.parts.reduce(0) { $0 + ((try? $1.byteCount()) ?? 0) }
    return OpenDate(
      task: task, startedAt: startedAt, manifest: manifest, parts: export.parts,
      sinks: export.parts.map { PartSink(tally: tally(of: $0, task)) },
      meter: progress.opened(task.tenant, task.date, bytes: bytes))
  }

  /// Reads one part. The caller holds a core of the budget.
  ///
  /// - Throws: `ReadingError` if the part is incomplete, damaged, or differs from the manifest.
  func read(part index: Int, of date: OpenDate) throws -> PartSummary {
    let part = try PartReader.read(
      date.parts[index], limits: limits, resources: resources, meter: date.meter,
      into: date.sinks[index])
    date.sinks[index].tally.finishReading()
    try date.manifest?.check(part)
    return part
  }

  /// Assembles a date from its parts: quarantines repetitions, adds the parts up, and reads the date's
  /// loan tape.
  ///
  /// - Parameter parts: the summary of every part, in order.
  /// - Throws: `ReadingError` if a part changed in the meantime.
  func assemble(_ date: OpenDate, _ parts: [PartSummary]) throws -> DateInput {
    let tallies = date.sinks.map(\.tally)
    let repeated = try DuplicateDetector.duplicateEntries(
      in: tallies.map(\.register), budget: resources.budget)
    try quarantine(repeated, in: date.parts, tallies, parts)
    let reversals = try ReversalChecker.check(tallies)
    let identifiers =
      date.task.keepsIdentifiers
      ? try IdentifierIndex(of: tallies.map(\.register), without: repeated, memory: memory) : nil
    tallies.forEach { $0.finish() }
    let tally = DateTally(
      tallies, recordsRead: parts.map(\.records), findingsLimit: configuration.findingsLimit,
      restating: restating(date.task), bankItems: bankItems,
      openingLoans: try openingLoans(date.task))
    return DateInput(
      task: date.task, startedAt: date.startedAt, manifest: date.manifest, parts: parts,
      tally: tally, loanTape: loanTape(date.task),
      identifiers: identifiers, reversals: reversals)
  }

  /// Reads the date's loan tape, if the job names a directory of tapes.
  private func loanTape(_ task: CloseTask) -> LoanTape? {
    guard let root = configuration.loanTape, configuration.principalAccounts != nil, task.readsLoans
    else {
      return nil
    }
    let tape = LoanTape(memory: loanMemory, findingsLimit: configuration.findingsLimit)
    tape.read(
      LoanTapeLayout(root: root), of: task.date, tenant: task.tenant,
      bytesMax: configuration.partBytesMax)
    return tape
  }

  /// The loan balances before a tenant's first date, from the tape of the previous date if there is one.
  ///
  /// - Throws: `ReadingError` if any of it cannot be read: all later loan balances would be wrong.
  private func openingLoans(_ task: CloseTask) throws -> PrincipalTally? {
    guard task.date == task.firstDate, let root = configuration.loanTape,
      let lines = principalLines(task)
    else { return nil }
    let date = task.date.advanced(by: -1)
    let tape = LoanTape(memory: loanMemory, findingsLimit: 1)
    tape.read(
      LoanTapeLayout(root: root), of: date, tenant: task.tenant,
      bytesMax: configuration.partBytesMax)
    if let failure = tape.failure { throw failure }
    while let principal = try tape.next() { lines.addOpening(principal, asOf: date) }
    if let finding = tape.findings.kept.first {
      throw ReadingError(
        .invalidTable, file: "\(root), date=\(date)",
        message:
          "the loan tape for the date before the first close must be complete. \(finding.message)")
    }
    lines.finishAdding()
    return lines
  }

  private func principalLines(_ task: CloseTask) -> PrincipalTally? {
    guard let accounts = configuration.principalAccounts ?? task.chart.principal, task.readsLoans
    else { return nil }
    return PrincipalTally(
      accounts: accounts, memory: configuration.loanTape == nil ? nil : loanMemory)
  }

  private var bankItems: BankItemCollector {
    BankItemCollector(configuration.bankAccounts.map(\.account.key))
  }

  /// What is kept of the entries, to explain restatements.
  private func restating(_ task: CloseTask) -> RestatingEntryCollector {
    let scope: RestatingEntryScope =
      task.replaces != nil
      ? .everything : task.date == task.firstDate ? .nothing : .before(task.date)
    return RestatingEntryCollector(scope, limit: configuration.restatingEntriesLimit)
  }

  /// The date's directory; `nil` if it is missing and the job closes missing dates as empty.
  private func export(of task: CloseTask) throws(ReadingError) -> DateExport? {
    do {
      return try layout.export(
        of: task.date, inTenantDirectory: task.tenantPath, mayBeUnfinished: task.mayBeUnfinished)
    } catch {
      if error.code == .missingExport && configuration.missingDates == .empty { return nil }
      throw error
    }
  }

  /// Where the job's exports are.
  var layout: ExportLayout {
    ExportLayout(root: configuration.exports, successMarker: configuration.successMarker)
  }

  private var limits: ReadLimits {
    ReadLimits(
      recordBytesMax: configuration.recordBytesMax, partBytesMax: configuration.partBytesMax)
  }

  private func manifest(of export: DateExport, _ task: CloseTask) throws -> Manifest? {
    guard let path = export.manifestPath else {
      if !configuration.requiresManifest { return nil }
      throw ReadingError(
        .missingManifest, file: "manifest.json",
        message: "is missing, and the job requires one. Ask the exporter for it.")
    }
    let manifest = try Manifest.read(at: path, tenant: task.tenant, date: task.date)
    try manifest.checkNames(of: export.parts)
    return manifest
  }

  private func tally(of part: ExportPart, _ task: CloseTask) -> PartTally {
    PartTally(
      file: part.name,
      rules: EntryRules(
        tenant: task.tenant, date: task.date,
        seconds: configuration.calendar.seconds(of: task.date),
        chart: task.chart),
      effectiveDateCheck: EffectiveDateCheck(
        businessDate: task.date, firstDate: task.firstDate,
        lockedThrough: configuration.lockedThrough),
      findingsLimit: configuration.findingsLimit, restating: restating(task),
      bankItems: bankItems, memory: memory, principal: principalLines(task),
      closedEntries: task.closedEntries)
  }

  /// Reads the parts that repeat an entry's identifier a second time, and quarantines the repetitions.
  private func quarantine(
    _ repeated: [DuplicateEntries], in parts: [ExportPart], _ tallies: [PartTally],
    _ summaries: [PartSummary]
  ) throws {
    for index in parts.indices where repeated[index].count > 0 {
      let sink = RepetitionSink(tally: tallies[index], repeated: repeated[index])
      let second = try PartReader.read(
        parts[index], limits: limits, resources: resources, into: sink)
      guard second == summaries[index] else {
        throw ReadingError(
          .partDigestMismatch, file: parts[index].name,
          message: "changed while it was being read. Run again when the export has finished.")
      }
    }
  }
}
