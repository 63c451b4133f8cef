public import LedgerDomain

/// What a part's lines with a loan move on settled principal accounts: in total and, if there is a loan
/// tape to compare with, for each loan.
public final class PrincipalTally {
  private let accounts: PrincipalAccounts
  /// Sums by currency and effective date, all under one account.
  private var totals = MovementAccumulator()
  let loans: LoanSorter?

  /// Creates an empty tally.
  ///
  /// - Parameters:
  ///   - accounts: the principal accounts.
  ///   - memory: for sorting by loan; `nil` if no loan balances are kept.
  public init(accounts: PrincipalAccounts, memory: LoanMemoryBudget?) {
    self.accounts = accounts
    loans = memory.map { LoanSorter(memory: $0) }
  }

  /// Adds an accepted entry.
  @inline(never)
  func add(_ entry: JournalEntry) {
    for line in entry.lines where line.hasLoan && accounts.contains(line.key) {
      totals.add(line, to: Self.key(line.key.currency), date: entry.effectiveDate)
      loans?.add(
        LoanAmount(
          LoanKey(loan: line.loan, currency: line.key.currency), date: entry.effectiveDate,
          direction: line.direction, amountMinor: line.amountMinor, tag: 1))
    }
  }

  /// Adds a loan's opening principal: a row of the loan tape of the date before the first.
  public func addOpening(_ principal: LoanPrincipal, asOf date: BusinessDate) {
    let direction: Direction = principal.principalMinor < 0 ? .credit : .debit
    let amount = AmountMinor(clamping: principal.principalMinor.magnitude)
    if amount == 0 { return }
    let key = Self.key(principal.key.currency)
    let line = JournalLine(
      key: key, direction: direction, hasLoan: true, sequence: 1, amountMinor: amount,
      loan: principal.key.loan, referenceFingerprint: 0)
    totals.add(line, to: key, date: date)
    loans?.add(
      LoanAmount(
        principal.key, date: date, direction: direction, amountMinor: amount, tag: 1))
  }

  /// Call after the last opening principal.
  public func finishAdding() { loans?.spillIfNeeded() }

  /// Removes an entry that was added before.
  func remove(_ entry: JournalEntry) {
    for line in entry.lines where line.hasLoan && accounts.contains(line.key) {
      totals.remove(line, from: Self.key(line.key.currency), date: entry.effectiveDate)
      loans?.add(
        LoanAmount(
          LoanKey(loan: line.loan, currency: line.key.currency), date: entry.effectiveDate,
          direction: line.direction, amountMinor: -line.amountMinor, tag: -1))
    }
  }

  func addTotals(to sum: inout MovementAccumulator) { sum.merge(totals) }

  private static func key(_ currency: CurrencyCode) -> BalanceKey {
    BalanceKey(account: AccountCode(number: 0), currency: currency, layer: .settled)
  }
}

extension DateTally {
  /// The total movement of principal on lines that name a loan, in the order of currency and effective
  /// date.
  ///
  /// - Throws: `BalanceOverflow` if a sum passes 2^63 − 1.
  public func principalMovements() throws(BalanceOverflow) -> [PrincipalMovement] {
    var sum = MovementAccumulator()
    for lines in principalLines { lines.addTotals(to: &sum) }
    return try sum.movements().map {
      PrincipalMovement(
        currency: $0.key.currency, effectiveDate: $0.effectiveDate, totals: $0.totals,
        lineCount: $0.lineCount)
    }
  }

  /// The same for each loan. Call it once, and only if loans were sorted.
  ///
  /// - Throws: `SpillError` if loans could not be spilled to disk or read back.
  public func loanMovements() throws(SpillError) -> LoanMovementSum {
    try LoanMovementSum(principalLines.compactMap(\.loans))
  }
}
