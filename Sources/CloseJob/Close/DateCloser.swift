import DailyClose
import JobConfiguration
import JournalReading
import LedgerDomain
import Reconciliation
import SnapshotStore

/// A date that was closed.
struct ClosedDate {
  /// The state of the tenant's books after the close.
  let state: TenantState
  /// What the run's summary reports.
  let result: DateResult
  /// What its report files contain.
  let record: CloseRecord
  /// The reconciliations that it made again: of its date, and of earlier ones that it changed.
  var reconciliations: [ReconciliationVersion] = []
}

/// Closes a date that was read: writes its books, reads them back, and checks that everything ties out.
struct DateCloser {
  let configuration: ReadingConfiguration
  let clock: RunClock
  let writer: BookWriter
  let openRecords = OpenRecords()
  let bankBook: BankBook
  private let portfolioComparison: PortfolioComparison
  private let basisWriter: BasisWriter

  init(dateReader: DateReader, writer: BookWriter) {
    configuration = dateReader.configuration
    clock = dateReader.clock
    self.writer = writer
    bankBook = BankBook(
      configuration: BankConfiguration(configuration), clock: clock, writer: writer)
    basisWriter = BasisWriter(configuration: configuration, writer: writer)
    portfolioComparison = PortfolioComparison(
      configuration: configuration, writer: writer, memory: dateReader.loanMemory)
  }

  /// Whether the loan tape that was read differs from the one that a close was compared with.
  func hasOtherTape(_ input: DateInput, than close: CloseID) throws -> Bool {
    try portfolioComparison.hasOtherTape(input, than: close)
  }

  /// Writes a close inside the open transaction.
  ///
  /// - Parameters:
  ///   - input: what was read of the date.
  ///   - openings: opening balances, at a tenant's first close.
  ///   - state: the state of the tenant's books; `nil` before its first close.
  ///   - lateInput: whether the exports of earlier dates are still those that were closed.
  ///   - isNewest: whether the run closes no later date.
  /// - Throws: `CloseRefusal` or another error, with everything that the close wrote undone.
  func close(
    _ input: DateInput, openings: [Balance], state: TenantState?, lateInput: [TieOut],
    isNewest: Bool
  ) throws -> ClosedDate {
    try refuseIfMostlyQuarantined(input)
    do {
      return try writer.closing {
        try write(input, openings, state, lateInput, isNewest: isNewest)
      }
    } catch {
      // What it took up of the bank's files was undone as well.
      bankBook.forget()
      throw error
    }
  }

  private func write(
    _ input: DateInput, _ openings: [Balance], _ state: TenantState?, _ lateInput: [TieOut],
    isNewest: Bool
  ) throws -> ClosedDate {
    var draft = try draft(input, openings: openings, state: state)
    let chart = ClosingChart(reader: writer.reader, state: state)
    draft.chart = try chart.chart(for: draft)
    let pending = try writer.insertBooks(draft, previous: state)
    let portfolio = try portfolioComparison.outcome(input, draft, pending, state: state)
    let bankClosing = BankClosing(
      book: bankBook, reader: writer.reader)
    let bank = try bankClosing.outcome(input, pending, state: state, isNewest: isNewest)
    let basis = try basisWriter.basis(input, pending, state)
    var outcome = try outcome(
      input, draft, pending, portfolio, bank, basis,
      chartChanges: try chart.findings(draft, pending))
    let open = try openQuarantine(state, before: draft.businessDate)
    outcome.tieOuts += lateInput + OpenQuarantineCheck.tieOuts(open)
    let finished = try writer.finish(pending, outcome)
    openRecords.closed(finished.header, leaving: outcome.quarantineCounts, after: open)
    let reconciliations = try bankClosing.store(bank, pending, finished.state)
    var closed = try closedDate(input, draft, outcome, finished.state, finished.header)
    closed.reconciliations = reconciliations
    return closed
  }

  private func closedDate(
    _ input: DateInput, _ draft: CloseDraft, _ outcome: CloseOutcome, _ state: TenantState,
    _ header: CloseHeader
  ) throws -> ClosedDate {
    var record = CloseRecord(
      header: header, chart: draft.chart, rollforward: draft.rollforward,
      restatements: draft.restatements, restatingEntries: outcome.restatingEntries,
      restatingCounts: outcome.restatingCounts, tieOuts: outcome.tieOuts,
      findings: outcome.findings, findingCounts: outcome.findingCounts, parts: outcome.parts)
    record.addBankAccounts(try writer.reader.bankAccounts(state, header))
    record.reconciliationCount = try writer.reader.reconciliationCount(
      state, date: header.businessDate)
    if configuration.reports != nil {
      record.history = try writer.reader.history(state, through: header)
      record.earlierBalances = try writer.reader.earlierBalances(
        state, header, of: record.rollforward)
    }
    record.portfolioRollup = outcome.portfolio?.rollup
    record.quarantine = CloseQuarantine(
      counts: outcome.quarantineCounts, records: outcome.quarantinedRecords, acceptances: [])
    let withdraws = !draft.restatements.isEmpty || header.replaces != nil
    return ClosedDate(
      state: state,
      result: DateResult(
        header: header, findingCounts: record.findingCounts, tieOuts: outcome.tieOuts,
        restated: RestatedCount(draft.restatements),
        withdrawn: withdraws
          ? try writer.reader.certificationsWithdrawn(state, by: header.closeID) : [],
        lapsedAcceptances: try lapsedAcceptances(header),
        quarantineSum: record.quarantine.open,
        bankCurrencies: Dictionary(
          configuration.bankAccounts.map { ($0.account.reference, $0.account.currency) },
          uniquingKeysWith: { $1 }),
        recordBytes: input.parts.reduce(0) { $0 + $1.recordBytes },
        reconciliation: ReconciliationStatus(
          record, reportingCurrency: configuration.reportingCurrency)),
      record: record)
  }

  private func draft(
    _ input: DateInput, openings: [Balance], state: TenantState?
  ) throws -> CloseDraft {
    let task = input.task
    if let state, let replaced = task.replaces {
      return try Reclose(reader: writer.reader, state: state, replaced: replaced).draft(input)
    }
    let movements = try input.tally.movements()
    let before =
      try state.map { try writer.reader.balances($0, date: task.date.advanced(by: -1)) } ?? openings
    let nowEffective =
      try state.map { try writer.reader.nowEffectiveMovements($0, date: task.date) } ?? []
    let rollforward = try RollforwardBuilder.rows(
      date: task.date, opening: before, movements: movements, nowEffective: nowEffective)
    var restatements: [Restatement] = []
    if let state {
      restatements = try RestatementBuilder.restatements(
        firstDate: state.firstDate, lastDate: task.date.advanced(by: -1),
        changes: movements.filter { $0.effectiveDate < task.date }
      ) { key, date in try writer.reader.balance(state, key: key, date: date) }
    }
    return CloseDraft(
      tenant: task.tenant, businessDate: task.date, chart: task.chart,
      openings: state == nil ? openings : [], movements: movements, rollforward: rollforward,
      restatements: restatements, input: input.tally.input)
  }

  private func outcome(
    _ input: DateInput, _ draft: CloseDraft, _ pending: PendingClose,
    _ portfolio: PortfolioComparison.Outcome, _ bank: BankClosing.Outcome,
    _ basis: CloseBasis, chartChanges: [Finding]
  ) throws -> CloseOutcome {
    var findings = input.tally.findings
    findings.merge(collected(input.reversalFindings))
    if let found = portfolio.findings { findings.merge(found) }
    findings.merge(collected(bank.findings))
    findings.merge(collected(chartChanges))
    findings.merge(
      collected(
        AbnormalBalanceCheck.findings(
          draft.rollforward, chart: draft.chart, date: draft.businessDate)))
    let stored = try writer.storedBalances(of: pending)
    let restating = try restatingEntries(input, draft)
    var outcome = CloseOutcome(
      counts: input.tally.counts,
      parts: input.parts.map {
        InputPart(file: $0.file, bytes: $0.bytes, sha256: $0.sha256, records: $0.records)
      },
      findings: findings.kept, findingCounts: findings.summary,
      tieOuts: tieOuts(input, draft, stored) + bank.tieOuts + portfolio.tieOuts,
      restatingEntries: restating.entries,
      restatingCounts: restating.counts, portfolio: portfolio.stored, basis: basis,
      startedAt: input.startedAt,
      finishedAt: clock.timestamp())
    outcome.totals = totals(draft.rollforward)
    outcome.quarantineCounts = input.tally.quarantined.counts
    outcome.quarantinedRecords = input.tally.quarantined.records
    outcome.bankPositions = bank.positions
    return outcome
  }

  private func collected(_ findings: some Sequence<Finding>) -> FindingCollector {
    var collector = FindingCollector(limit: configuration.findingsLimit)
    for finding in findings { collector.add(finding) }
    return collector
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
    _ input: DateInput, _ draft: CloseDraft
  ) throws -> (entries: [RestatingEntry], counts: [RestatingCount]) {
    if draft.restatements.isEmpty { return ([], []) }
    let keys = Set(draft.restatements.map(\.key))
    var changes = draft.movements.filter { $0.effectiveDate < draft.businessDate }
    if let replaced = draft.replaces {
      changes = MovementDiff.between(
        old: try writer.reader.movements(replaced), new: draft.movements)
    }
    return input.tally.restating.entries(behind: changes.filter { keys.contains($0.key) })
  }

  private func tieOuts(
    _ input: DateInput, _ draft: CloseDraft, _ stored: LedgerIntegrityCheck.DatedBalances
  ) -> [TieOut] {
    let parts = zip(input.parts, input.tally.readableEntries).map { part, entries in
      CompletenessCheck.PartCount(
        file: part.file,
        expected: input.manifest?.parts?.first { $0.file == part.file }?.entryCount,
        actual: entries)
    }
    let locked = LockedPeriodCheck.tieOut(
      lockedThrough: configuration.lockedThrough, restatements: draft.restatements)
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
      manifest: input.manifest?.totals, parts: parts,
      read: input.tally.readableTotals(movements: draft.movements))
      + DoubleEntryCheck.tieOuts(
        unbalancedCount: input.tally.findings.count(of: .unbalanced),
        movements: draft.movements, rollforward: storedRows)
      + RollforwardCheck.tieOuts(storedRows)
      + [LedgerIntegrityCheck.tieOut(expected: expected, stored: stored), locked]
  }
}
