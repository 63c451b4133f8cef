public import LedgerDomain

/// Compares the principal accounts with the sum of the loans, currency by currency.
public struct PortfolioRollupCheck {
  /// How far back movements of lines with a loan are recorded.
  public enum Coverage: Hashable, Sendable {
    /// Since the first close.
    case complete
    /// Not for every close: loan balances are unknown.
    case partial
  }

  /// What one currency's comparison is made of.
  public struct Figures: Hashable, Sendable {
    /// The principal accounts' settled balances: debits less credits.
    public var principalMinor: Int128 = 0
    /// The sum of the lines that carry a loan.
    public var linesMinor: Int128 = 0
    /// The tape's figures, and how its loans compare.
    public var loans = LoanComparison.CurrencySum()

    /// Figures of nothing.
    public init() {}
  }

  private let source: PortfolioRollup.Source
  private let figures: [(currency: CurrencyCode, figures: Figures)]
  private let linesCoverage: Coverage
  private let loansCoverage: Coverage

  /// Creates the check.
  ///
  /// - Parameters:
  ///   - source: what the loans are taken from.
  ///   - figures: the figures of each currency.
  ///   - lines: how far back sums of lines with a loan are known.
  ///   - loans: how far back the ledger's loans are known one by one.
  public init(
    source: PortfolioRollup.Source, figures: [CurrencyCode: Figures], lines: Coverage,
    loans: Coverage
  ) {
    self.source = source
    self.figures = figures.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    linesCoverage = lines
    loansCoverage = loans
  }

  /// One comparison for each currency; one that passes if there is no principal at all.
  public var tieOuts: [TieOut] {
    if source == .ledgerLines && linesCoverage == .partial {
      return [.inconclusive(.portfolioRollup, detail: Self.advice)]
    }
    if figures.isEmpty {
      return [
        TieOut(
          .portfolioRollup, scope: "principal", expected: 0, actual: 0,
          detail: "There is no principal and there are no loans yet.")
      ]
    }
    return figures.map { tieOut($0.currency, $0.figures) }
  }

  /// The figures as totals. A currency of which one passes 64 bits is left out.
  public var totals: [PortfolioTotal] {
    if source == .ledgerLines && linesCoverage == .partial { return [] }
    return figures.compactMap { currency, figures in
      let loans = loansMinor(figures)
      guard let principal = Int64(exactly: figures.principalMinor), let sum = Int64(exactly: loans),
        let without = Int64(exactly: figures.principalMinor - figures.linesMinor),
        Int64(exactly: figures.principalMinor - loans) != nil
      else { return nil }
      return PortfolioTotal(
        currency: currency, ledgerPrincipalMinor: principal, loansMinor: sum,
        withoutLoanMinor: linesCoverage == .complete ? without : nil,
        loanCount: figures.loans.loanCount, differenceCounts: figures.loans.counts)
    }
  }

  private func loansMinor(_ figures: Figures) -> Int128 {
    source == .loanTape ? figures.loans.tapeMinor : figures.linesMinor
  }

  private func tieOut(_ currency: CurrencyCode, _ figures: Figures) -> TieOut {
    let compared = TieOut(
      .portfolioRollup, scope: "\(currency)", expected: loansMinor(figures),
      actual: figures.principalMinor, detail: detail(currency, figures))
    var status = compared.status
    if !figures.loans.counts.isEmpty { status = .fail }
    // What agrees in all may differ loan by loan, where those are not known.
    if status == .pass && source == .loanTape && loansCoverage == .partial {
      status = .inconclusive
    }
    return TieOut(
      .portfolioRollup, scope: compared.scope, status: status,
      expectedMinor: compared.expectedMinor, actualMinor: compared.actualMinor,
      differenceMinor: compared.differenceMinor, detail: compared.detail)
  }

  private func detail(_ currency: CurrencyCode, _ figures: Figures) -> String {
    let without = figures.principalMinor - figures.linesMinor
    var parts: [String] = []
    if linesCoverage == .complete && without != 0 {
      parts.append("\(Self.signed(without)) on lines without a loan, opening balances included")
    }
    for cause in LoanDifferenceCause.allCases {
      guard let count = figures.loans.counts[cause] else { continue }
      let difference = figures.loans.differencesMinor[cause] ?? 0
      parts.append("\(Self.signed(difference)) of \(count) \(Self.words(cause, count))")
    }
    let against =
      source == .loanTape
      ? "the loan tape's principal of \(Self.loans(figures.loans.loanCount))"
      : "the lines that carry a loan"
    let explanation =
      parts.isEmpty
      ? "" : " Ledger less loans, in minor units: \(parts.joined(separator: "; "))."
    let advice = source == .loanTape && loansCoverage == .partial ? " " + Self.advice : ""
    return "Settled principal in \(currency) against \(against).\(explanation)\(advice)"
  }

  private static func signed(_ amount: Int128) -> String {
    amount > 0 ? "+\(amount)" : "\(amount)"
  }

  private static func loans(_ count: Int) -> String { count == 1 ? "1 loan" : "\(count) loans" }

  private static func words(_ cause: LoanDifferenceCause, _ count: Int) -> String {
    let loans = count == 1 ? "loan" : "loans"
    switch cause {
    case .onlyInLedger: return "\(loans) only in the ledger"
    case .onlyOnTape: return "\(loans) only on the tape"
    case .amountsDiffer: return "\(loans) whose amounts differ"
    }
  }

  private static let advice = """
    The ledger's loan balances are unknown: earlier closes ran without these principal accounts or \
    without a loan tape and did not record loan movements. Backfill a new store from the first date \
    with principal_accounts and loan_tape set.
    """
}
