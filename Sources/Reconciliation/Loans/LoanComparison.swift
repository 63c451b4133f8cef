public import LedgerDomain

/// Compares the ledger's loans with those of the tape, both in the order of loan and currency.
///
/// One pass over both, so that any number of loans takes the memory of the differences kept. A zero on
/// one side and no row on the other is no difference.
public struct LoanComparison {
  /// The sums of one currency.
  public struct CurrencySum: Hashable, Sendable {
    /// The ledger's principal on lines with a loan.
    public var ledgerMinor: Int128 = 0
    /// The tape's.
    public var tapeMinor: Int128 = 0
    /// How many loans were compared: those of the tape, and those of the ledger that are not paid off.
    public var loanCount = 0
    /// How many loans differ, by cause.
    public var counts: [LoanDifferenceCause: Int] = [:]
    /// The ledger's principal less the tape's, by cause.
    public var differencesMinor: [LoanDifferenceCause: Int128] = [:]
  }

  private let limit: Int
  private let nextTapeLoan: () throws -> LoanPrincipal?
  private var pendingTapeLoan: LoanPrincipal?
  private var hasBegun = false
  /// Currency by currency.
  public private(set) var sums: [CurrencyCode: CurrencySum] = [:]
  /// The first differences in the order of loan and currency, at most as many as the limit.
  public private(set) var differences: [LoanDifference] = []

  /// A comparison that has seen no loan of the ledger.
  ///
  /// - Parameters:
  ///   - limit: how many differences are kept; all are counted.
  ///   - tape: returns the tape's next loan, in order and without duplicates; `nil` at the end.
  public init(limit: Int, tape: @escaping () throws -> LoanPrincipal?) {
    self.limit = limit
    nextTapeLoan = tape
  }

  /// Compares the ledger's next loan. Loans must be in order, without duplicates.
  public mutating func compare(_ ledger: LoanPrincipal) throws {
    try begin()
    while let tape = pendingTapeLoan, tape.key < ledger.key {
      compare(tape.key, ledgerMinor: nil, tapeMinor: tape.principalMinor)
      pendingTapeLoan = try nextTapeLoan()
    }
    guard let tape = pendingTapeLoan, tape.key == ledger.key else {
      return compare(ledger.key, ledgerMinor: ledger.principalMinor, tapeMinor: nil)
    }
    compare(ledger.key, ledgerMinor: ledger.principalMinor, tapeMinor: tape.principalMinor)
    pendingTapeLoan = try nextTapeLoan()
  }

  /// Compares the rest of the tape after the ledger's last loan.
  public mutating func finish() throws {
    try begin()
    while let tape = pendingTapeLoan {
      compare(tape.key, ledgerMinor: nil, tapeMinor: tape.principalMinor)
      pendingTapeLoan = try nextTapeLoan()
    }
  }

  /// Adds a loan of the tape up where the ledger's loans are not known.
  public mutating func addUncompared(_ tape: LoanPrincipal) {
    sums[tape.key.currency, default: CurrencySum()].tapeMinor += Int128(tape.principalMinor)
    sums[tape.key.currency, default: CurrencySum()].loanCount += 1
  }

  private mutating func begin() throws {
    if hasBegun { return }
    hasBegun = true
    pendingTapeLoan = try nextTapeLoan()
  }

  private mutating func compare(
    _ key: LoanKey, ledgerMinor: AmountMinor?, tapeMinor: AmountMinor?
  ) {
    let (ledger, tape) = (ledgerMinor ?? 0, tapeMinor ?? 0)
    var sum = sums.removeValue(forKey: key.currency) ?? CurrencySum()
    defer { sums[key.currency] = sum }
    sum.ledgerMinor += Int128(ledger)
    sum.tapeMinor += Int128(tape)
    if tapeMinor != nil || ledger != 0 { sum.loanCount += 1 }
    if ledger == tape { return }
    let cause: LoanDifferenceCause =
      tapeMinor == nil ? .onlyInLedger : ledgerMinor == nil ? .onlyOnTape : .amountsDiffer
    sum.counts[cause, default: 0] += 1
    sum.differencesMinor[cause, default: 0] += Int128(ledger) - Int128(tape)
    guard differences.count < limit else { return }
    differences.append(
      LoanDifference(
        loan: key.loan, currency: key.currency, cause: cause, ledgerMinor: ledgerMinor,
        tapeMinor: tapeMinor))
  }
}
