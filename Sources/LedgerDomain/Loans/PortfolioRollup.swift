/// Why a loan's principal in the ledger and in the servicing system differ.
public enum LoanDifferenceCause: String, Sendable, CaseIterable {
  /// The ledger has a balance and the tape does not name the loan.
  case onlyInLedger = "only_in_ledger"
  /// The tape names the loan and the ledger has no line of it.
  case onlyOnTape = "only_on_tape"
  /// Both have it, with other amounts.
  case amountsDiffer = "amounts_differ"
}

/// A loan whose principal differs.
public struct LoanDifference: Hashable, Sendable {
  /// The loan.
  public let loan: LedgerUUID
  /// The currency.
  public let currency: CurrencyCode
  /// The cause.
  public let cause: LoanDifferenceCause
  /// The ledger's principal: debits less credits; `nil` if it has none.
  public let ledgerMinor: AmountMinor?
  /// The tape's; `nil` if it has none.
  public let tapeMinor: AmountMinor?

  /// Creates a difference.
  public init(
    loan: LedgerUUID, currency: CurrencyCode, cause: LoanDifferenceCause, ledgerMinor: AmountMinor?,
    tapeMinor: AmountMinor?
  ) {
    self.loan = loan
    self.currency = currency
    self.cause = cause
    self.ledgerMinor = ledgerMinor
    self.tapeMinor = tapeMinor
  }
}

/// The ledger's principal against the sum of the loans, in one currency.
public struct PortfolioTotal: Hashable, Sendable {
  /// The currency.
  public let currency: CurrencyCode
  /// The principal accounts' settled balances: debits less credits.
  public let ledgerPrincipalMinor: AmountMinor
  /// The sum of the loans: the tape's, or of the lines that carry a loan.
  public let loansMinor: AmountMinor
  /// What the ledger has on lines without a loan, opening balances included; `nil` if closes before
  /// the job named its principal accounts did not keep it.
  public let withoutLoanMinor: AmountMinor?
  /// How many loans were compared.
  public let loanCount: Int
  /// How many loans differ, by cause.
  public let differenceCounts: [LoanDifferenceCause: Int]

  /// Creates a total. The difference of ledger and loans must fit into 64 bits.
  public init(
    currency: CurrencyCode, ledgerPrincipalMinor: AmountMinor, loansMinor: AmountMinor,
    withoutLoanMinor: AmountMinor?, loanCount: Int,
    differenceCounts: [LoanDifferenceCause: Int]
  ) {
    self.currency = currency
    self.ledgerPrincipalMinor = ledgerPrincipalMinor
    self.loansMinor = loansMinor
    self.withoutLoanMinor = withoutLoanMinor
    self.loanCount = loanCount
    self.differenceCounts = differenceCounts
  }

  /// The ledger's principal less the sum of the loans, signed.
  public var differenceMinor: AmountMinor { ledgerPrincipalMinor - loansMinor }
}

/// The loan book against the ledger, at the end of a business date.
public struct PortfolioRollup: Hashable, Sendable {
  /// What the loans' balances are taken from.
  public enum Source: String, Sendable {
    /// The servicing system's loan tape.
    case loanTape = "loan_tape"
    /// The ledger's own lines that carry a loan.
    case ledgerLines = "ledger_lines"
  }

  /// What the loans' balances are taken from.
  public let source: Source
  /// Currency by currency, in their order. A currency of which a figure passes 64 bits is in the
  /// tie-out alone.
  public let totals: [PortfolioTotal]
  /// The loans that differ, in the order of loan and currency; at most as many as the job keeps.
  public let differences: [LoanDifference]

  /// How the comparison ended; it can fail without a total, if the tape could not be read.
  public let status: TieOutStatus
  /// The currency that the tenant reports in; `nil` if the job does not say.
  public let reportingCurrency: CurrencyCode?

  /// Creates a rollup.
  ///
  /// - Parameters:
  ///   - source: where the loans' balances come from.
  ///   - totals: the figures of each currency, in order.
  ///   - differences: the loans that differ, in the order of loan and currency.
  ///   - status: how the comparison ended; derived from the totals if `nil`.
  ///   - reportingCurrency: the currency that the tenant reports in; `nil` if the job has none.
  public init(
    source: Source, totals: [PortfolioTotal], differences: [LoanDifference],
    status: TieOutStatus? = nil, reportingCurrency: CurrencyCode? = nil
  ) {
    self.source = source
    self.totals = totals
    self.differences = differences
    self.reportingCurrency = reportingCurrency
    let agrees = totals.allSatisfy { $0.differenceMinor == 0 && $0.differenceCounts.isEmpty }
    self.status = status ?? (agrees ? .pass : .fail)
  }

  /// Whether every currency agrees, loan by loan.
  public var isOK: Bool { status == .pass }
}
