public import DoubleEntryRules
public import LedgerDomain

/// The movements, identifiers, findings and counts of one part's records.
///
/// Every record is either accepted or quarantined. Duplicates are known only after all parts of the
/// date have been read; `quarantineDuplicate` then removes them.
public final class PartTally {
  /// The part's name.
  public let file: String
  /// How many records were left out.
  public private(set) var recordsQuarantined = 0
  /// How many quarantined records the exporter's totals count, and with how many lines.
  private var quarantinedReadable = (entries: 0, lines: 0)
  /// The records left out, each with its reason and amounts.
  private(set) var quarantined: QuarantineCollector
  /// The findings.
  public private(set) var findings: FindingCollector
  /// The entries that may restate an earlier date.
  public private(set) var restating: RestatingEntryCollector
  /// The lines on accounts at a bank.
  public private(set) var bankItems: BankItemCollector
  /// The accepted entries' identifiers.
  public let register: EntryRegister
  private var accepted = AcceptedEntries()
  /// The accepted entries that reverse another one, in the order of their records.
  var reversals: [AcceptedReversal] {
    withdrawnReversals.isEmpty
      ? readReversals : readReversals.filter { !withdrawnReversals.contains($0.record) }
  }
  private var readReversals: [AcceptedReversal] = []
  private var withdrawnReversals: Set<Int> = []
  /// What lines with a loan move; `nil` if the job names no principal accounts.
  let principal: PrincipalTally?
  /// Debits and credits of quarantined records that could be read.
  public private(set) var quarantinedTotals: [CurrencyLayer: WideTotals] = [:]

  /// Entries that earlier closes accepted, which are left out of this one.
  private let closedEntries: [JournalEntryID: ClosedEntry]
  private let hasClosedEntries: Bool
  private let rules: EntryRules
  private let effectiveDateCheck: EffectiveDateCheck

  /// Creates the tally of an unread part.
  public init(
    file: String, rules: EntryRules, effectiveDateCheck: EffectiveDateCheck, findingsLimit: Int,
    restating: RestatingEntryCollector, bankItems: BankItemCollector = BankItemCollector([]),
    memory: EntryChunkPool, principal: PrincipalTally? = nil,
    closedEntries: [JournalEntryID: ClosedEntry] = [:]
  ) {
    self.closedEntries = closedEntries
    hasClosedEntries = !closedEntries.isEmpty
    register = EntryRegister(memory: memory)
    self.principal = principal
    self.file = file
    self.rules = rules
    self.effectiveDateCheck = effectiveDateCheck
    self.restating = restating
    self.bankItems = bankItems
    findings = FindingCollector(limit: findingsLimit)
    quarantined = QuarantineCollector(limit: findingsLimit)
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

  /// The fingerprint of the records.
  public var input: InputFingerprint { accepted.input }

  /// Accepts or quarantines a well-formed entry.
  @inline(__always)
  public func accept(_ entry: JournalEntry, record: Int, byteOffset: Int) {
    let (content, registered) = EntryContent.fingerprints(of: entry)
    guard rules.holds(for: entry) else {
      quarantine(entry, content: content, record: record, byteOffset: byteOffset)
      return
    }
    if hasClosedEntries, let closed = closedEntries[entry.id] {
      quarantine(entry, acceptedBy: closed, registered, content, record, byteOffset)
      return
    }
    accepted.add(entry, content: content)
    register.append(entry.id, fingerprint: registered)
    if entry.reverses != nil { note(entry, record: record, byteOffset: byteOffset) }
    if effectiveDateCheck.hasFindings(entry.effectiveDate) {
      report(effectiveDateCheck.findings(for: entry), record: record, byteOffset: byteOffset)
    }
    if bankItems.isNeeded { bankItems.add(entry, record: record) }
    if restating.includes(entry.effectiveDate) {
      restating.add(entry, file: file, record: record)
    }
    if let principal { principal.add(entry) }
  }

  @inline(never)
  private func note(_ entry: JournalEntry, record: Int, byteOffset: Int) {
    guard let reversed = entry.reverses else { return }
    readReversals.append(
      AcceptedReversal(
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
    let findings = rules.findings(for: entry)
    collect(findings, entry.id, entry.lines, record: record)
    report(findings, record: record, byteOffset: byteOffset)
  }

  /// Quarantines an entry that an earlier close accepted.
  @inline(never)
  private func quarantine(
    _ entry: JournalEntry, acceptedBy closed: ClosedEntry, _ registered: UInt64,
    _ content: UInt64, _ record: Int, _ byteOffset: Int
  ) {
    recordsQuarantined += 1
    addReadable(entry.lines)
    accepted.input.addDuplicate(entry.id, content: content)
    var finding =
      registered == closed.content
      ? Finding(
        .entryAlreadyClosed,
        message:
          "The close of \(closed.date) has accepted this entry, with the same date and lines. It is "
          + "counted once, on that date. Find out why it was exported again.")
      : Finding(
        .conflictingDuplicate,
        message:
          "The close of \(closed.date) has accepted an entry with the same identifier but different "
          + "content. Only that one is counted. Find out which one is right.")
    finding.entry = entry.id
    collect([finding], entry.id, entry.lines, record: record)
    report([finding], record: record, byteOffset: byteOffset)
  }

  /// Quarantines a record that could not be read as an entry.
  ///
  /// - Parameters:
  ///   - finding: what is wrong with it.
  ///   - readableLines: its lines, if their amounts can still be added up.
  ///   - fingerprint: of the record's bytes.
  ///   - byteCount: how many bytes it has.
  ///   - record: its number in the part, from 1.
  ///   - byteOffset: where it begins in the inflated part.
  public func quarantineUnreadable(
    _ finding: Finding, readableLines: UnsafeBufferPointer<JournalLine>?, fingerprint: UInt64,
    byteCount: Int, record: Int, byteOffset: Int
  ) {
    recordsQuarantined += 1
    if let readableLines { addReadable(readableLines) }
    accepted.input.addQuarantined(bytes: fingerprint, count: byteCount)
    collect([finding], finding.entry, readableLines, record: record)
    report([finding], record: record, byteOffset: byteOffset)
  }

  /// Moves an accepted entry to quarantine because an earlier entry has the same identifier.
  ///
  /// - Parameters:
  ///   - entry: the entry.
  ///   - code: `duplicate_entry` or `conflicting_duplicate`.
  ///   - record: its number in the part, from 1.
  ///   - byteOffset: where it begins in the inflated part.
  public func quarantineDuplicate(
    _ entry: JournalEntry, code: FindingCode, record: Int, byteOffset: Int
  ) {
    recordsQuarantined += 1
    accepted.turnIntoDuplicate(entry, content: EntryContent.fingerprint(of: entry))
    addReadable(entry.lines)
    findings.withdraw(record: record, codes: effectiveDateCheck.codes(for: entry.effectiveDate))
    if restating.includes(entry.effectiveDate) { restating.withdraw(entry, record: record) }
    principal?.remove(entry)
    if entry.reverses != nil { withdrawnReversals.insert(record) }
    if bankItems.isNeeded { bankItems.withdraw(record: record) }
    let reason =
      code == .duplicateEntry
      ? "with the same date and lines. It is counted once. Find out why it was exported twice."
      : "with different content. Only the first record is counted. Find out which one is right."
    var finding = Finding(
      code,
      message: "An earlier record of this date has the same entry identifier, "
        + reason)
    finding.entry = entry.id
    collect([finding], entry.id, entry.lines, record: record)
    report([finding], record: record, byteOffset: byteOffset)
  }

  /// Adds what the accepted entries moved to a sum.
  func addMovements(to sum: inout MovementAccumulator) { sum.merge(accepted.movements) }

  /// Call when the whole part has been read. Duplicates can still be quarantined afterwards.
  public func finishReading() { principal?.loans?.spillIfNeeded() }

  /// Sorts the findings and releases the identifiers. Call after all duplicates are quarantined.
  public func finish() {
    findings.finish()
    register.removeAll()
    (readReversals, withdrawnReversals) = ([], [])
  }

  /// Whether an entry satisfies the rules and no earlier close accepted it, so that the register has it;
  /// duplicates on the date are not considered.
  public func isAcceptable(_ entry: JournalEntry) -> Bool {
    rules.holds(for: entry) && closedEntries[entry.id] == nil
  }

  private func addReadable(_ lines: UnsafeBufferPointer<JournalLine>) {
    quarantinedReadable.entries += 1
    quarantinedReadable.lines += lines.count
    for line in lines {
      quarantinedTotals[line.key.pair, default: WideTotals()].add(line.amountMinor, line.direction)
    }
  }

  /// Keeps a quarantined record; its first finding is the reason.
  private func collect(
    _ findings: [Finding], _ entry: JournalEntryID?, _ lines: UnsafeBufferPointer<JournalLine>?,
    record: Int
  ) {
    guard let reason = findings.first else {
      preconditionFailure("a quarantined record has a reason")
    }
    quarantined.add(
      reason.code, at: RecordPlace(file: file, record: record), entry: entry, lines: lines)
  }

  func report(_ finding: Finding, of reversal: AcceptedReversal) {
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

  mutating func turnIntoDuplicate(_ entry: JournalEntry, content: UInt64) {
    entryCount -= 1
    lineCount -= entry.lines.count
    movements.remove(entry)
    input.turnIntoDuplicate(entry.id, content: content)
  }
}
