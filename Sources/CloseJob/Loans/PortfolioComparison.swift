import DailyClose
import JobConfiguration
import LedgerDomain
import Reconciliation
import SnapshotStore

/// Updates the loan balances within a close, and compares them with the ledger's principal.
///
/// The total of all lines with a loan is carried from close to close in memory; it is read from the
/// store only at the start of a run, or when a date is closed again. The balance of each loan is
/// stored, but only if the job names a tape to compare it with.
final class PortfolioComparison {
  /// The result of a comparison.
  struct Outcome {
    var tieOuts: [TieOut]
    var findings: FindingCollector?
    /// What the close stores; `nil` if neither job nor chart names principal accounts.
    var stored: PortfolioOutcome?
  }

  /// The total of a tenant's lines with a loan, as of its last closed date.
  private struct Carried {
    let chainDigest: String
    let sums: [CurrencyCode: WideTotals]
  }

  private let configuration: ReadingConfiguration
  private let writer: BookWriter
  private let memory: LoanMemoryBudget
  private var reader: BookReader { writer.reader }
  private var carried: [TenantID: Carried] = [:]

  init(configuration: ReadingConfiguration, writer: BookWriter, memory: LoanMemoryBudget) {
    self.configuration = configuration
    self.memory = memory
    self.writer = writer
  }

  /// Whether the tape that was read differs from the one that a close was compared with.
  func hasOtherTape(_ input: DateInput, than close: CloseID) throws -> Bool {
    guard let digest = input.loanTape?.digest else { return false }
    return try reader.portfolioCoverage(close)?.tapeDigest != digest
  }

  /// Stores the loan movements of a close and compares the principal.
  func outcome(
    _ input: DateInput, _ draft: CloseDraft, _ pending: PendingClose, state: TenantState?
  ) throws -> Outcome {
    guard let accounts = configuration.principalAccounts ?? draft.chart.principal else {
      return Outcome(
        tieOuts: [
          .inconclusive(
            .portfolioRollup,
            detail:
              "Nothing was compared: the job names no principal accounts, and the chart has none of the "
              + "type principal.")
        ])
    }
    let lines = try input.tally.principalMovements()
    try writer.loans().insert(lines, of: pending)
    let digest =
      try configuration.loanTape.map { _ in
        try LoanBalanceUpdater(writer: writer, memory: memory).update(
          input, draft, pending, state: state)
      }
    let coverage = try coverage(
      accounts, digest, input.loanTape?.digest, draft, pending, state)
    let sums = try principalOfLines(lines, draft, pending, state)
    return try compare(input, draft, pending, state, accounts, coverage, sums)
  }

  /// Whether the books have recorded loans of these accounts since the first close.
  private func coverage(
    _ accounts: PrincipalAccounts, _ digest: String?, _ tapeDigest: String?, _ draft: CloseDraft,
    _ pending: PendingClose, _ state: TenantState?
  ) throws -> PortfolioCoverage {
    var (lines, loans) = (true, true)
    if draft.replaces != nil {
      // The replaced close may be the one without them.
      (lines, loans) = try reader.priorCoverage(
        ofAccounts: accounts.description, before: pending)
    } else if let state {
      let before = try reader.portfolioCoverage(state.lastClose)
      let isSame = before?.accounts == accounts.description
      (lines, loans) = (
        isSame && before?.coversLines == true, isSame && before?.coversLoans == true
      )
    }
    return PortfolioCoverage(
      accounts: accounts.description, coversLines: lines, coversLoans: loans && digest != nil,
      loanMovementDigest: digest, tapeDigest: tapeDigest)
  }

  /// The total of lines with a loan at the end of the date, by currency.
  private func principalOfLines(
    _ own: [PrincipalMovement], _ draft: CloseDraft, _ pending: PendingClose, _ state: TenantState?
  ) throws -> [CurrencyCode: WideTotals] {
    let (date, scope) = (draft.businessDate, LoanBookScope(pending))
    guard draft.replaces == nil,
      state == nil || carried[draft.tenant]?.chainDigest == state?.chainDigest
    else {
      let sums = try reader.principalOfLines(scope, effective: .distantPast...date)
      carried[draft.tenant] =
        draft.replaces == nil ? Carried(chainDigest: pending.chainDigest, sums: sums) : nil
      return sums
    }
    var sums = state == nil ? [:] : carried[draft.tenant]?.sums ?? [:]
    for movement in own where movement.effectiveDate < date {
      sums[movement.currency, default: WideTotals()].add(movement.totals)
    }
    for (currency, totals) in try reader.principalOfLines(scope, effective: date...date) {
      sums[currency, default: WideTotals()].add(totals)
    }
    carried[draft.tenant] = Carried(chainDigest: pending.chainDigest, sums: sums)
    return sums
  }

  private func compare(
    _ input: DateInput, _ draft: CloseDraft, _ pending: PendingClose, _ state: TenantState?,
    _ accounts: PrincipalAccounts, _ coverage: PortfolioCoverage,
    _ sums: [CurrencyCode: WideTotals]
  ) throws -> Outcome {
    var figures: [CurrencyCode: PortfolioRollupCheck.Figures] = [:]
    for row in draft.rollforward where accounts.contains(row.key) {
      figures[row.key.currency, default: .init()].principalMinor +=
        Int128(row.closing.debitMinor) - Int128(row.closing.creditMinor)
    }
    for (currency, totals) in sums {
      figures[currency, default: .init()].linesMinor = totals.debitMinor - totals.creditMinor
    }
    let tape = input.loanTape.flatMap { $0.files.isEmpty && $0.failure == nil ? nil : $0 }
    var differences: [LoanDifference] = []
    if let tape, tape.failure == nil {
      let comparison = try comparison(input, tape, draft, pending, state, coverage)
      try check(comparison, figures, coverage)
      differences = comparison.differences
      for (currency, sum) in comparison.sums {
        figures[currency, default: .init()].loans = sum
      }
    }
    let proof = PortfolioRollupCheck(
      source: tape == nil ? .ledgerLines : .loanTape, figures: figures,
      lines: coverage.coversLines ? .complete : .partial,
      loans: coverage.coversLoans ? .complete : .partial)
    return outcome(draft, input, tape, proof, differences, coverage)
  }

  /// Compares the tape with the balance of each loan; without known balances, only adds the tape up.
  private func comparison(
    _ input: DateInput, _ tape: LoanTape, _ draft: CloseDraft, _ pending: PendingClose,
    _ state: TenantState?, _ coverage: PortfolioCoverage
  ) throws -> LoanComparison {
    if !coverage.coversLoans {
      var alone = LoanComparison(limit: 0) { nil }
      while let loan = try tape.next() { alone.addUncompared(loan) }
      return alone
    }
    var comparison = LoanComparison(limit: configuration.loanDifferencesLimit) { try tape.next() }
    try LoanBalanceUpdater(writer: writer, memory: memory).forEachLoan(
      pending, asOf: draft.businessDate, closedThrough: state?.closedThrough
    ) { try comparison.compare($0) }
    try comparison.finish()
    return comparison
  }

  /// The balances of all loans must add up to the total of all lines with a loan.
  private func check(
    _ comparison: LoanComparison, _ figures: [CurrencyCode: PortfolioRollupCheck.Figures],
    _ coverage: PortfolioCoverage
  ) throws {
    guard coverage.coversLoans, coverage.coversLines else { return }
    for currency in Set(comparison.sums.keys).union(figures.keys).sorted()
    where comparison.sums[currency]?.ledgerMinor ?? 0 != figures[currency]?.linesMinor ?? 0 {
      throw StoreError(
        .alteredStore,
        "the stored loan balances in \(currency) do not match the stored loan movements. Run tieout verify "
          + "to find what was changed, and restore the store from a backup.")
    }
  }

  private func outcome(
    _ draft: CloseDraft, _ input: DateInput, _ tape: LoanTape?, _ proof: PortfolioRollupCheck,
    _ differences: [LoanDifference], _ coverage: PortfolioCoverage
  ) -> Outcome {
    let isUnreadable = tape?.failure != nil
    let tieOuts =
      (isUnreadable ? [] : proof.tieOuts) + tapeTieOuts(draft, input)
      + accountTieOuts(draft)
    let rollup = PortfolioRollup(
      source: tape == nil ? .ledgerLines : .loanTape, totals: isUnreadable ? [] : proof.totals,
      differences: differences, status: tieOuts.status(of: .portfolioRollup),
      reportingCurrency: configuration.reportingCurrency)
    return Outcome(
      tieOuts: tieOuts, findings: tape?.findings,
      stored: PortfolioOutcome(rollup: rollup, coverage: coverage))
  }

  /// A misspelled account would otherwise be missing from principal unnoticed.
  private func accountTieOuts(_ draft: CloseDraft) -> [TieOut] {
    let codes = configuration.principalAccounts?.codes ?? []
    let missing = codes.filter { !draft.chart.contains($0) }
    guard !missing.isEmpty else { return [] }
    let list = missing.map(\.description).joined(separator: ", ")
    return [
      TieOut(
        .portfolioRollup, scope: "principal accounts",
        status: missing.count == codes.count ? .fail : .inconclusive, expectedMinor: nil,
        actualMinor: nil, differenceMinor: nil,
        detail: "The chart does not contain \(list). Correct principal_accounts or the chart.")
    ]
  }

  /// Tie-outs about the tape itself: whether there is one, and whether all of it could be read.
  private func tapeTieOuts(_ draft: CloseDraft, _ input: DateInput) -> [TieOut] {
    guard let tape = input.loanTape else { return [] }
    func tieOut(_ status: TieOutStatus, _ detail: String) -> TieOut {
      TieOut(
        .portfolioRollup, scope: "loan tape", status: status, expectedMinor: nil, actualMinor: nil,
        differenceMinor: nil, detail: detail)
    }
    if tape.files.isEmpty && tape.failure == nil {
      return [
        tieOut(
          .inconclusive,
          "The tenant has no loan tape for \(draft.businessDate): principal was compared with the ledger "
            + "lines that name a loan. Have the tape delivered, then close the date again with --reclose."
        )
      ]
    }
    if let failure = tape.failure {
      return [tieOut(.fail, "The loan tape cannot be compared: \(failure)")]
    }
    let count = tape.findings.count(of: .loanTapeMalformed)
    return count == 0
      ? []
      : [
        tieOut(
          .fail, "\(count.counted("malformed row")) of the loan tape could not be compared.")
      ]
  }
}

extension BusinessDate {
  /// Before every date that can be written.
  fileprivate static let distantPast = BusinessDate(dayNumber: -719_162)
}
