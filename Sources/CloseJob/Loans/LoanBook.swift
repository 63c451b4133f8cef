import DailyClose
public import JobConfiguration
import LedgerDomain
import Reconciliation
import SnapshotStore

/// What comparing the loan book with the ledger gave.
struct LoanBookClose {
  var tieOuts: [TieOut]
  var findings: FindingCollector?
  /// What is to be stored; `nil` if the job names no principal accounts.
  var outcome: PortfolioOutcome?
}

/// Keeps the loans of a close inside its savepoint, and compares them with the ledger's principal.
///
/// What all lines with a loan come to is carried from close to close in memory and read from the store
/// only where a run begins, or a date is closed again. What each loan stands at is kept in the store,
/// and only if the job names a tape to compare it with.
final class LoanBook {
  /// What lines with a loan come to at the end of the date that a tenant's last close closed.
  private struct Carried {
    let chainDigest: String
    let sums: [CurrencyCode: WideTotals]
  }

  private let settings: JobSettings
  private let writer: BookWriter
  private let memory: LoanMemoryBudget
  private var reader: BookReader { writer.reader }
  private var carried: [TenantID: Carried] = [:]

  init(settings: JobSettings, writer: BookWriter, memory: LoanMemoryBudget) {
    self.settings = settings
    self.memory = memory
    self.writer = writer
  }

  /// Whether the tape that was read is another than the one that a close compared with.
  func hasOtherTape(_ reading: DateInput, than close: CloseID) throws -> Bool {
    guard let digest = reading.loanTape?.digest else { return false }
    return try reader.portfolioCoverage(close)?.tapeDigest != digest
  }

  /// Keeps and compares what a close read.
  func close(
    _ reading: DateInput, _ draft: CloseDraft, _ pending: PendingClose, state: TenantState?
  ) throws -> LoanBookClose {
    guard let accounts = settings.principalAccounts else {
      return LoanBookClose(
        tieOuts: [
          .inconclusive(.portfolioRollup, detail: "The job names no principal accounts.")
        ])
    }
    let lines = try reading.tally.principalMovements()
    try writer.loans().insert(lines, of: pending)
    let digest =
      try settings.loanTape.map { _ in
        try LoanBalanceUpdater(writer: writer, memory: memory).keep(
          reading, draft, pending, state: state)
      }
    let coverage = try coverage(
      accounts, digest, reading.loanTape?.digest, draft, pending, state)
    let sums = try principalOfLines(lines, draft, pending, state)
    return try compare(reading, draft, pending, state, coverage, sums)
  }

  /// How far back the books know about loans of these accounts.
  private func coverage(
    _ accounts: PrincipalAccounts, _ digest: String?, _ tapeDigest: String?, _ draft: CloseDraft,
    _ pending: PendingClose, _ state: TenantState?
  ) throws -> PortfolioCoverage {
    var (lines, loans) = (true, true)
    if draft.replaces != nil {
      // The close that is replaced may be the one that lacked them.
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

  /// What lines with a loan come to at the end of the date.
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
    _ reading: DateInput, _ draft: CloseDraft, _ pending: PendingClose, _ state: TenantState?,
    _ coverage: PortfolioCoverage, _ sums: [CurrencyCode: WideTotals]
  ) throws -> LoanBookClose {
    var figures: [CurrencyCode: PortfolioRollupCheck.Figures] = [:]
    for row in draft.rollforward where settings.principalAccounts?.contains(row.key) == true {
      figures[row.key.currency, default: .init()].principalMinor +=
        Int128(row.closing.debitMinor) - Int128(row.closing.creditMinor)
    }
    for (currency, totals) in sums {
      figures[currency, default: .init()].linesMinor = totals.debitMinor - totals.creditMinor
    }
    let tape = reading.loanTape.flatMap { $0.files.isEmpty && $0.failure == nil ? nil : $0 }
    var differences: [LoanDifference] = []
    if let tape, tape.failure == nil {
      let comparison = try comparison(reading, tape, draft, pending, state, coverage)
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
    return closed(draft, reading, tape, proof, differences, coverage)
  }

  /// Compares the tape with what each loan stands at, or if that is not known, adds it up alone.
  private func comparison(
    _ reading: DateInput, _ tape: LoanTape, _ draft: CloseDraft, _ pending: PendingClose,
    _ state: TenantState?, _ coverage: PortfolioCoverage
  ) throws -> LoanComparison {
    if !coverage.coversLoans {
      var alone = LoanComparison(limit: 0) { nil }
      while let loan = try tape.next() { alone.addUncompared(loan) }
      return alone
    }
    var comparison = LoanComparison(limit: settings.loanDifferencesLimit) { try tape.next() }
    try LoanBalanceUpdater(writer: writer, memory: memory).forEachLoan(
      pending, asOf: draft.businessDate, closedThrough: state?.closedThrough
    ) { try comparison.compare($0) }
    try comparison.finish()
    return comparison
  }

  /// The loans one by one must come to what all lines with a loan do.
  private func check(
    _ comparison: LoanComparison, _ figures: [CurrencyCode: PortfolioRollupCheck.Figures],
    _ coverage: PortfolioCoverage
  ) throws {
    guard coverage.coversLoans, coverage.coversLines else { return }
    for currency in Set(comparison.sums.keys).union(figures.keys).sorted()
    where comparison.sums[currency]?.ledgerMinor ?? 0 != figures[currency]?.linesMinor ?? 0 {
      throw StoreError(
        .alteredStore,
        "what the loans stand at in \(currency) does not follow from their stored movements. Find out "
          + "with tieout verify what was changed, and restore the store from a backup.")
    }
  }

  private func closed(
    _ draft: CloseDraft, _ reading: DateInput, _ tape: LoanTape?, _ proof: PortfolioRollupCheck,
    _ differences: [LoanDifference], _ coverage: PortfolioCoverage
  ) -> LoanBookClose {
    let isUnreadable = tape?.failure != nil
    let tieOuts =
      (isUnreadable ? [] : proof.tieOuts) + tapeTieOuts(draft, reading)
      + accountTieOuts(draft)
    let rollup = PortfolioRollup(
      source: tape == nil ? .ledgerLines : .loanTape, totals: isUnreadable ? [] : proof.totals,
      differences: differences, status: tieOuts.status(of: .portfolioRollup),
      reportingCurrency: settings.reportingCurrency)
    return LoanBookClose(
      tieOuts: tieOuts, findings: tape?.findings,
      outcome: PortfolioOutcome(rollup: rollup, coverage: coverage))
  }

  /// An account that is misspelt would be missing from principal without a word.
  private func accountTieOuts(_ draft: CloseDraft) -> [TieOut] {
    let codes = settings.principalAccounts?.codes ?? []
    let missing = codes.filter { !draft.chart.contains($0) }
    guard !missing.isEmpty else { return [] }
    let list = missing.map(\.description).joined(separator: ", ")
    return [
      TieOut(
        .portfolioRollup, scope: "principal accounts",
        status: missing.count == codes.count ? .fail : .inconclusive, expectedMinor: nil,
        actualMinor: nil, differenceMinor: nil,
        detail: "The chart does not have \(list). Correct principal_accounts, or the chart.")
    ]
  }

  /// What is to be said of the tape itself: that there is none, or that not all of it could be read.
  private func tapeTieOuts(_ draft: CloseDraft, _ reading: DateInput) -> [TieOut] {
    guard let tape = reading.loanTape else { return [] }
    func tieOut(_ status: TieOutStatus, _ detail: String) -> TieOut {
      TieOut(
        .portfolioRollup, scope: "loan tape", status: status, expectedMinor: nil, actualMinor: nil,
        differenceMinor: nil, detail: detail)
    }
    if tape.files.isEmpty && tape.failure == nil {
      return [
        tieOut(
          .inconclusive,
          "There is no loan tape of \(draft.businessDate) for the tenant: principal was compared with "
            + "the lines that carry a loan. Have it delivered, then close the date again with --reclose."
        )
      ]
    }
    if let failure = tape.failure {
      return [tieOut(.fail, "The loan tape cannot be compared: \(failure)")]
    }
    let count = tape.findings.count(of: .loanTapeMalformed)
    return count == 0
      ? [] : [tieOut(.fail, "\(count) rows of the loan tape are malformed and were left out.")]
  }
}

extension BusinessDate {
  /// Before every date that is written.
  fileprivate static let distantPast = BusinessDate(dayNumber: -719_162)
}
