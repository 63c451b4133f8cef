import DailyClose
public import JobConfiguration
import JournalReading
import LedgerDomain
import Reconciliation
import SnapshotStore

/// A date that was closed.
struct ClosedDate {
  /// Where the tenant's books stand now.
  let state: TenantState
  /// What the run says of it.
  let result: DateResult
  /// What its reports say.
  let record: CloseRecord
}

/// Closes a date that was read: proves it, writes it, reads it back.
struct DateCloser {
  let settings: JobSettings
  let clock: RunClock
  let writer: BookWriter
  private let loanBook: LoanBook

  init(dayReader: DateReader, writer: BookWriter) {
    settings = dayReader.settings
    clock = dayReader.clock
    self.writer = writer
    loanBook = LoanBook(settings: settings, writer: writer, memory: dayReader.loanMemory)
  }

  /// Whether the loan tape that was read is another than the one that a close compared with.
  func hasOtherTape(_ reading: DateInput, than close: CloseID) throws -> Bool {
    try loanBook.hasOtherTape(reading, than: close)
  }

  /// Whether the date's statements are others than those that a close compared with: one came late, or
  /// was corrected.
  func hasOtherStatements(_ reading: DateInput, than close: CloseID) throws -> Bool {
    try BankComparison(settings: settings, reader: writer.reader).hasOtherStatements(
      reading, than: close)
  }

  /// Writes a close inside the open transaction.
  ///
  /// - Parameters:
  ///   - reading: what the date's export came to.
  ///   - openings: opening balances, at a tenant's first close.
  ///   - state: where the tenant's books stand; `nil` at its first close.
  /// - Throws: `CloseRefusal` or another error; nothing of the close is left then.
  func close(
    _ reading: DateInput, openings: [Balance], state: TenantState?
  ) throws -> ClosedDate {
    try refuseIfMostlyQuarantined(reading)
    return try writer.closing {
      let draft = try draft(reading, openings: openings, state: state)
      let pending = try writer.insertBooks(draft, previous: state)
      let portfolio = try loanBook.close(reading, draft, pending, state: state)
      let bank = try BankComparison(settings: settings, reader: writer.reader).outcome(
        reading, rollforward: draft.rollforward, state: state)
      let outcome = try outcome(reading, draft, pending, portfolio, bank)
      let finished = try writer.finish(pending, outcome)
      return try closedDate(reading, draft, outcome, finished.state, finished.header)
    }
  }

  private func closedDate(
    _ reading: DateInput, _ draft: CloseDraft, _ outcome: CloseOutcome, _ state: TenantState,
    _ header: CloseHeader
  ) throws -> ClosedDate {
    var record = CloseRecord(
      header: header, chart: draft.chart, rollforward: draft.rollforward,
      restatements: draft.restatements, restatingEntries: outcome.restatingEntries,
      restatingCounts: outcome.restatingCounts, tieOuts: outcome.tieOuts,
      findings: outcome.findings, findingCounts: outcome.findingCounts, parts: outcome.parts)
    record.bankReconciliations = outcome.bankReconciliations
    if settings.reports != nil {
      record.history = try writer.reader.history(state, through: header)
    }
    record.portfolioRollup = outcome.portfolio?.rollup
    let withdraws = !draft.restatements.isEmpty || header.replaces != nil
    return ClosedDate(
      state: state,
      result: DateResult(
        header: header, findingCounts: outcome.findingCounts, tieOuts: outcome.tieOuts,
        restated: RestatedCount(draft.restatements),
        withdrawn: withdraws
          ? try writer.reader.certificationsWithdrawn(state, by: header.closeID) : [],
        recordBytes: reading.receipts.reduce(0) { $0 + $1.recordBytes },
        reconciliation: ReconciliationStatus(
          record, reportingCurrency: settings.reportingCurrency)),
      record: record)
  }

  /// A wrong chart or a broken exporter must not be published as a day of few entries.
  private func refuseIfMostlyQuarantined(_ reading: DateInput) throws {
    let counts = reading.tally.counts
    guard counts.quarantined > 100,
      counts.quarantined * 100 > settings.maxQuarantinedPercent * counts.read
    else { return }
    let codes = reading.tally.findings.summary.filter { $0.code.severity == .error }
      .map { "\($0.code.rawValue) \($0.count)" }.joined(separator: ", ")
    let example = reading.tally.findings.kept.first { $0.code.severity == .error }
    let place = example.map {
      " The first: \($0.file ?? "") record \($0.record ?? 0): \($0.message)"
    }
    throw CloseRefusal(
      .tooManyQuarantined,
      "\(counts.quarantined) of \(counts.read) records would be quarantined (\(codes)), more than "
        + "\(settings.maxQuarantinedPercent) %: the chart, the time zone or the exporter is wrong. Mend it, or "
        + "raise max_quarantined_percent.\(place ?? "")")
  }

  private func draft(
    _ reading: DateInput, openings: [Balance], state: TenantState?
  ) throws -> CloseDraft {
    let work = reading.work
    if let state, let replaced = work.replaces {
      return try Reclose(reader: writer.reader, state: state, replaced: replaced).draft(reading)
    }
    let movements = try reading.tally.movements()
    let before =
      try state.map { try writer.reader.balances($0, date: work.date.advanced(by: -1)) } ?? openings
    let nowEffective =
      try state.map { try writer.reader.nowEffectiveMovements($0, date: work.date) } ?? []
    let rollforward = try RollforwardBuilder.rows(
      date: work.date, opening: before, movements: movements, nowEffective: nowEffective)
    var restatements: [Restatement] = []
    if let state {
      restatements = try RestatementBuilder.restatements(
        firstDate: state.firstDate, lastDate: work.date.advanced(by: -1),
        changes: movements.filter { $0.effectiveDate < work.date }
      ) { key, date in try writer.reader.balance(state, key: key, date: date) }
    }
    return CloseDraft(
      tenant: work.tenant, businessDate: work.date, chart: work.chart,
      openings: state == nil ? openings : [], movements: movements, rollforward: rollforward,
      restatements: restatements, input: reading.tally.input)
  }

  private func outcome(
    _ reading: DateInput, _ draft: CloseDraft, _ pending: PendingClose,
    _ portfolio: LoanBookClose, _ bank: BankComparison.Outcome
  ) throws -> CloseOutcome {
    var findings = reading.tally.findings
    var abnormal = FindingCollector(limit: settings.findingsLimit)
    let work = reading.work
    for finding in AbnormalBalanceCheck.findings(
      draft.rollforward, chart: work.chart, date: work.date)
    {
      abnormal.add(finding)
    }
    if let found = portfolio.findings { findings.merge(found) }
    var ofBank = FindingCollector(limit: settings.findingsLimit)
    for finding in bank.findings { ofBank.add(finding) }
    findings.merge(ofBank)
    findings.merge(abnormal)
    let stored = try writer.storedBalances(of: pending)
    let restating = try restatingEntries(reading, draft)
    var outcome = CloseOutcome(
      counts: reading.tally.counts,
      parts: reading.receipts.map {
        InputPart(file: $0.file, bytes: $0.bytes, sha256: $0.sha256, records: $0.records)
      },
      findings: findings.kept, findingCounts: findings.summary,
      tieOuts: tieOuts(reading, draft, stored) + bank.tieOuts + portfolio.tieOuts,
      restatingEntries: restating.entries,
      restatingCounts: restating.counts, portfolio: portfolio.outcome, startedAt: reading.startedAt,
      finishedAt: clock.timestamp())
    outcome.totals = totals(draft.rollforward)
    outcome.bankReconciliations = bank.reconciliations
    outcome.futureDatedBankItems = bank.ahead
    return outcome
  }

  private func totals(_ rollforward: [RollforwardRow]) -> [CurrencyLayerTotals] {
    var sums: [CurrencyLayer: WideTotals] = [:]
    for row in rollforward { sums[row.key.pair, default: WideTotals()].add(row.closing) }
    return sums.sorted { $0.key < $1.key }.map {
      CurrencyLayerTotals(pair: $0.key, totals: $0.value)
    }
  }

  /// The entries that explain the restatements.
  private func restatingEntries(
    _ reading: DateInput, _ draft: CloseDraft
  ) throws -> (entries: [RestatingEntry], counts: [RestatingCount]) {
    if draft.restatements.isEmpty { return ([], []) }
    let keys = Set(draft.restatements.map(\.key))
    var changes = draft.movements.filter { $0.effectiveDate < draft.businessDate }
    if let replaced = draft.replaces {
      changes = MovementDiff.between(
        old: try writer.reader.movements(replaced), new: draft.movements)
    }
    return reading.tally.restating.entries(behind: changes.filter { keys.contains($0.key) })
  }

  private func tieOuts(
    _ reading: DateInput, _ draft: CloseDraft, _ stored: LedgerIntegrityCheck.DatedBalances
  ) -> [TieOut] {
    let parts = zip(reading.receipts, reading.tally.readableEntries).map { receipt, entries in
      CompletenessCheck.PartCount(
        file: receipt.file,
        expected: reading.manifest?.parts?.first { $0.file == receipt.file }?.entryCount,
        actual: entries)
    }
    let locked = LockedPeriodCheck.tieOut(
      lockedThrough: settings.lockedThrough, restatements: draft.restatements)
    let expected = Dictionary(grouping: draft.snapshotRows, by: \.asOfDate).mapValues {
      $0.map { Balance(key: $0.key, totals: $0.totals) }
    }
    let storedClosing = Dictionary(
      (stored[draft.businessDate] ?? []).map { ($0.key, $0.totals) }, uniquingKeysWith: { $1 })
    let storedRows = draft.rollforward.map { row in
      var row = row
      row.closing = storedClosing[row.key] ?? .zero
      return row
    }
    return CompletenessCheck.tieOuts(
      manifest: reading.manifest?.totals, parts: parts,
      read: reading.tally.readableTotals(movements: draft.movements))
      + DoubleEntryCheck.tieOuts(
        unbalancedCount: reading.tally.findings.count(of: .unbalanced),
        movements: draft.movements, rollforward: storedRows)
      + RollforwardCheck.tieOuts(storedRows)
      + [LedgerIntegrityCheck.tieOut(expected: expected, stored: stored), locked]
  }
}
