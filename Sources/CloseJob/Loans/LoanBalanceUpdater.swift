import DailyClose
import LedgerDomain
import SnapshotStore

/// Updates the stored balance of each loan in place, and calculates balances as of any closed date.
///
/// The stored balances are as of the last closed date. They are the sums of the loan movements up to
/// the close that the store records with them.
struct LoanBalanceUpdater {
  let writer: BookWriter
  let memory: LoanMemoryBudget

  private var reader: BookReader { writer.reader }

  /// Writes a close's loan movements and applies them to the balances.
  ///
  /// - Returns: the digest of the movements.
  /// - Throws: `LoanOverflow`, `SpillError`.
  func update(
    _ input: DateInput, _ draft: CloseDraft, _ pending: PendingClose, state: TenantState?
  ) throws -> String {
    let loans = try writer.loans()
    let asOf = max(state?.closedThrough ?? draft.businessDate, draft.businessDate)
    if let state { try rebuildIfOutdated(pending, state) }
    if let replaced = draft.replaces {
      try reader.forEachLoanMovement(of: replaced) { movement in
        guard movement.effectiveDate <= asOf else { return }
        try loans.add(
          DebitCreditTotals.zero.subtracting(movement.totals), to: movement.key, of: pending)
      }
    } else if state != nil {
      try reader.forEachNowEffectiveLoan(LoanBookScope(pending), on: asOf) { key, totals in
        try loans.add(totals, to: key, of: pending)
      }
    }
    let sums = try input.tally.loanMovements()
    let digest = try loans.insert(of: pending) {
      try sums.next()
    } written: { movement in
      if movement.effectiveDate <= asOf {
        try loans.add(movement.totals, to: movement.key, of: pending)
      }
    }
    try loans.mark(pending, asOf: asOf)
    return digest
  }

  /// Rebuilds the balances from the stored movements, if the previous close did not update them.
  private func rebuildIfOutdated(_ pending: PendingClose, _ state: TenantState) throws {
    let book = try reader.loanBook(LoanBookScope(pending))
    if let book, book.close == state.lastClose, book.asOf == state.closedThrough { return }
    let loans = try writer.loans()
    try loans.clear(pending)
    try Self.forEachSum(
      reader, LoanBookScope(state, knownAt: state.lastClose), through: state.closedThrough,
      memory: memory
    ) { key, totals in try loans.add(totals, to: key, of: pending) }
  }

  /// Calls the body with every loan's balance at the end of a closed date, in order of loan and currency.
  ///
  /// For the last closed date this is one scan of the balances. For an earlier date, the movements
  /// effective later are subtracted.
  func forEachLoan(
    _ pending: PendingClose, asOf date: BusinessDate, closedThrough: BusinessDate?,
    _ body: (LoanPrincipal) throws -> Void
  ) throws {
    let scope = LoanBookScope(pending)
    func report(_ key: LoanKey, _ totals: DebitCreditTotals) throws {
      // A loan without debits or credits has no effective line.
      if totals == .zero { return }
      guard totals.debitMinor >= 0, totals.creditMinor >= 0 else {
        throw StoreError(
          .alteredStore,
          "the stored balance of \(key) does not match its stored movements. Run tieout verify to find what "
            + "was changed, and restore the store from a backup.")
      }
      try body(
        LoanPrincipal(key: key, principalMinor: totals.debitMinor - totals.creditMinor))
    }
    guard let last = closedThrough, date < last else {
      return try reader.forEachLoan(scope, report)
    }
    let sorter = LoanSorter(memory: memory)
    try reader.forEachLoan(scope) { key, totals in sorter.add(totals, to: key) }
    try reader.forEachLoanMovement(scope, after: date, through: last) { key, totals in
      sorter.add(DebitCreditTotals.zero.subtracting(totals), to: key)
    }
    let sums = try LoanMovementSum([sorter])
    while let sum = try sums.next() { try report(sum.key, sum.totals) }
  }

  /// Calls the body with every loan's balance by its stored movements alone, in order of loan and
  /// currency.
  static func forEachSum(
    _ reader: BookReader, _ scope: LoanBookScope, through date: BusinessDate,
    memory: LoanMemoryBudget,
    _ body: (LoanKey, DebitCreditTotals) throws -> Void
  ) throws {
    let sorter = LoanSorter(memory: memory)
    try reader.forEachLoanMovement(scope, through: date) { key, totals in
      sorter.add(totals, to: key)
    }
    let sums = try LoanMovementSum([sorter])
    while let sum = try sums.next() { try body(sum.key, sum.totals) }
  }
}

extension LoanSorter {
  /// Adds the debit and the credit total of a loan.
  func add(_ totals: DebitCreditTotals, to key: LoanKey) {
    for (direction, amountMinor) in [
      (Direction.debit, totals.debitMinor), (.credit, totals.creditMinor),
    ] where amountMinor != 0 {
      add(LoanAmount(key, direction: direction, amountMinor: amountMinor, tag: 1))
    }
  }
}
