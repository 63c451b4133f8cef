public import DoubleEntryRules
public import LedgerDomain

/// What one part's records came to: movements, identifiers, findings, counts.
///
/// Every record is either accepted or quarantined. Whether an entry repeats another one's identifier
/// is only known once all parts of the date are read: then `quarantineRepetition` takes it out again.
public final class PartTally {
  /// The part's name.
  public let file: String
  /// How many records were left out.
  public private(set) var recordsQuarantined = 0
  /// How many quarantined records the exporter's totals count, and with how many lines.
  private var quarantinedReadable = (entries: 0, lines: 0)
  /// What was found.
  public private(set) var findings: FindingCollector
  /// The entries that may restate an earlier date.
  public private(set) var restating: RestatingCollector
  /// The lines on accounts at a bank.
  public private(set) var bankItems: BankItemCollector
  /// The accepted entries' identifiers.
  public let register: EntryRegister
  private var accepted = AcceptedEntries()
  /// The accepted entries that reverse another one, in the order of their records.
  var reversals: [ReversalNote] {
    withdrawnReversals.isEmpty
      ? readReversals : readReversals.filter { !withdrawnReversals.contains($0.record) }
  }
  private var readReversals: [ReversalNote] = []
  private var withdrawnReversals: Set<Int> = []
  /// What lines with a loan move; `nil` if the job names no principal accounts.
  let principal: PrincipalLines?
  /// Debits and credits of quarantined records that could be read.
  public private(set) var quarantinedTotals: [CurrencyLayer: WideTotals] = [:]

  private let rules: EntryRules
  private let dateNotes: EffectiveDateNotes

  /// The tally of a part that was not read yet.
  public init(
    file: String, rules: EntryRules, dateNotes: EffectiveDateNotes, findingsLimit: Int,
    restating: RestatingCollector, bankItems: BankItemCollector = BankItemCollector([]),
    memory: RegisterMemory, principal: PrincipalLines? = nil
  ) {
    register = EntryRegister(memory: memory)
    self.principal = principal
    self.file = file
    self.rules = rules
    self.dateNotes = dateNotes
    self.restating = restating
    self.bankItems = bankItems
    findings = FindingCollector(limit: findingsLimit)
  }

  /// How many entries count.
  public var entriesAccepted: Int { accepted.entryCount }

  /// How many records the exporter's totals count, and with how many lines.
  public var readable: (entries: Int, lines: Int) {
    (
      accepted.entryCount + quarantinedReadable.entries,
      accepted.lineCount + quarantinedReadable.lines
    )
  }

  /// What the records were.
  public var input: InputFingerprint { accepted.input }

  /// Takes an entry that was read well.
  @inline(__always)
  public func take(_ entry: JournalEntry, record: Int, byteOffset: Int) {
    let (content, registered) = EntryContent.fingerprints(of: entry)
    guard rules.holds(for: entry) else {
      quarantine(entry, content: content, record: record, byteOffset: byteOffset)
      return
    }
    accepted.add(entry, content: content)
    register.append(entry.id, fingerprint: registered)
    if entry.reverses != nil { note(entry, record: record, byteOffset: byteOffset) }
    if dateNotes.isRemarkable(entry.effectiveDate) {
      report(dateNotes.findings(for: entry), record: record, byteOffset: byteOffset)
    }
    if bankItems.isNeeded { bankItems.add(entry, record: record) }
    if restating.concerns(entry.effectiveDate) {
      restating.add(entry, file: file, record: record)
    }
    if let principal { principal.add(entry) }
  }

  @inline(never)
  private func note(_ entry: JournalEntry, record: Int, byteOffset: Int) {
    guard let reversed = entry.reverses else { return }
    readReversals.append(
      ReversalNote(
        reversed: reversed, entry: entry.id,
        mirror: EntryContent.mirror(of: entry), record: record,
        byteOffset: byteOffset))
  }

  @inline(never)
  private func quarantine(_ entry: JournalEntry, content: UInt64, record: Int, byteOffset: Int) {
    recordsQuarantined += 1
    addReadable(entry.lines)
    accepted.input.addQuarantined(
      bytes: Fingerprint.mix(entry.id.uuid.high ^ content, entry.id.uuid.low),
      count: entry.lines.count)
    report(rules.findings(for: entry), record: record, byteOffset: byteOffset)
  }

  /// Takes a record that is no entry.
  ///
  /// - Parameters:
  ///   - readableLines: its lines, if their amounts can be added up all the same.
  ///   - fingerprint: of the record's bytes.
  ///   - byteCount: how many bytes it has.
  public func takeFault(
    _ finding: Finding, readableLines: UnsafeBufferPointer<JournalLine>?, fingerprint: UInt64,
    byteCount: Int, record: Int, byteOffset: Int
  ) {
    recordsQuarantined += 1
    if let readableLines { addReadable(readableLines) }
    accepted.input.addQuarantined(bytes: fingerprint, count: byteCount)
    report([finding], record: record, byteOffset: byteOffset)
  }

  /// Takes an accepted entry out again, because it repeats another one's identifier.
  ///
  /// - Parameter code: `duplicate_entry` or `conflicting_duplicate`.
  public func quarantineRepetition(
    _ entry: JournalEntry, code: FindingCode, record: Int, byteOffset: Int
  ) {
    recordsQuarantined += 1
    accepted.turnIntoRepetition(entry, content: EntryContent.fingerprint(of: entry))
    addReadable(entry.lines)
    findings.withdraw(record: record, codes: dateNotes.codes(for: entry.effectiveDate))
    if restating.concerns(entry.effectiveDate) { restating.withdraw(entry, record: record) }
    principal?.remove(entry)
    if entry.reverses != nil { withdrawnReversals.insert(record) }
    if bankItems.isNeeded { bankItems.withdraw(record: record) }
    let reason =
      code == .duplicateEntry
      ? "with the same date and lines. It was counted once; find out why it was exported twice."
      : "with other content. The first one was counted; find out which one is right."
    var finding = Finding(
      code,
      message: "The entry's identifier was already taken by an earlier record of this date, "
        + reason)
    finding.entry = entry.id
    report([finding], record: record, byteOffset: byteOffset)
  }

  /// Adds what the accepted entries moved to a sum.
  func addMovements(to sum: inout MovementAccumulator) { sum.merge(accepted.movements) }

  /// To be called when the part is read, though repeated entries may still be taken out.
  public func endPart() { principal?.loans?.rest() }

  /// Brings the findings in order once every repetition has been taken out, and forgets the
  /// identifiers, which nobody asks for any more.
  public func settle() {
    findings.settle()
    register.removeAll()
    (readReversals, withdrawnReversals) = ([], [])
  }

  /// Whether an entry would be accepted, duplicates apart.
  public func isAcceptable(_ entry: JournalEntry) -> Bool { rules.holds(for: entry) }

  private func addReadable(_ lines: UnsafeBufferPointer<JournalLine>) {
    quarantinedReadable.entries += 1
    quarantinedReadable.lines += lines.count
    for line in lines {
      quarantinedTotals[line.key.pair, default: WideTotals()].add(line.amountMinor, line.direction)
    }
  }

  func report(_ finding: Finding, of reversal: ReversalNote) {
    var finding = finding
    finding.entry = reversal.entry
    report([finding], record: reversal.record, byteOffset: reversal.byteOffset)
  }

  private func report(_ reported: [Finding], record: Int, byteOffset: Int) {
    for var finding in reported {
      finding.file = file
      finding.record = record
      finding.byteOffset = byteOffset
      findings.add(finding)
    }
  }
}

/// What the accepted entries came to; one value, so that an entry costs one access.
private struct AcceptedEntries: ~Copyable {
  var entryCount = 0
  var lineCount = 0
  var movements = MovementAccumulator()
  /// Quarantined records are added to it, too.
  var input = InputFingerprint()

  @inline(__always)
  mutating func add(_ entry: JournalEntry, content: UInt64) {
    entryCount += 1
    lineCount += entry.lines.count
    movements.add(entry)
    input.add(entry.id, content: content)
  }

  mutating func turnIntoRepetition(_ entry: JournalEntry, content: UInt64) {
    entryCount -= 1
    lineCount -= entry.lines.count
    movements.remove(entry)
    input.turnIntoRepetition(entry.id, content: content)
  }
}
