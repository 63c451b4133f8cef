import DailyClose
import LedgerDomain
import SnapshotStore

/// Keeps what each loan stands at, in the store and in place, and tells it for any date.
///
/// What is kept is as of the last closed date, and follows from the movements of the closes up to the
/// one that the store names beside it.
struct LoanBalanceUpdater {
  let writer: BookWriter
  let memory: LoanMemoryBudget

  private var reader: BookReader { writer.reader }

  /// Writes a close's movements, and takes them over into what loans stand at.
  ///
  /// - Returns: the digest of the movements.
  /// - Throws: `LoanOverflow`, `SpillError`.
  func keep(
    _ reading: DateInput, _ draft: CloseDraft, _ pending: PendingClose, state: TenantState?
  ) throws -> String {
    let loans = try writer.loans()
    let asOf = max(state?.closedThrough ?? draft.businessDate, draft.businessDate)
    if let state { try catchUp(pending, state) }
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
    let sums = try reading.tally.loanMovements()
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

  /// Puts together anew what loans stand at, if the close before did not keep it.
  private func catchUp(_ pending: PendingClose, _ state: TenantState) throws {
    let book = try reader.loanBook(LoanBookScope(pending))
    if let book, book.close == state.lastClose, book.asOf == state.closedThrough { return }
    let loans = try writer.loans()
    try loans.clear(pending)
    try Self.forEachSum(
      reader, LoanBookScope(state, knownAt: state.lastClose), through: state.closedThrough,
      memory: memory
    ) { key, totals in try loans.add(totals, to: key, of: pending) }
  }

  /// What every loan stands at, at the end of a closed date, in the order of loan and currency.
  ///
  /// At the last closed date that is one sweep. For an earlier one, what counts from later dates is
  /// taken out of it.
  func forEachLoan(
    _ pending: PendingClose, asOf date: BusinessDate, closedThrough: BusinessDate?,
    _ body: (LoanPrincipal) throws -> Void
  ) throws {
    let scope = LoanBookScope(pending)
    func hand(_ key: LoanKey, _ totals: DebitCreditTotals) throws {
      // A loan with nothing on either side has no line that counts.
      if totals == .zero { return }
      guard totals.debitMinor >= 0, totals.creditMinor >= 0 else {
        throw StoreError(
          .alteredStore,
          "what \(key) stands at does not follow from its stored movements. Find out with tieout verify "
            + "what was changed, and restore the store from a backup.")
      }
      try body(
        LoanPrincipal(key: key, principalMinor: totals.debitMinor - totals.creditMinor))
    }
    guard let last = closedThrough, date < last else {
      return try reader.forEachLoan(scope, hand)
    }
    let sorter = LoanSorter(memory: memory)
    try reader.forEachLoan(scope) { key, totals in sorter.add(totals, to: key) }
    try reader.forEachLoanMovement(scope, after: date, through: last) { key, totals in
      sorter.add(DebitCreditTotals.zero.subtracting(totals), to: key)
    }
    let sums = try LoanMovementSum([sorter])
    while let sum = try sums.next() { try hand(sum.key, sum.totals) }
  }

  /// What every loan stands at by its stored movements alone, in the order of loan and currency.
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
  /// Takes both sides of a loan's totals.
  func add(_ totals: DebitCreditTotals, to key: LoanKey) {
    for (direction, amountMinor) in [
      (Direction.debit, totals.debitMinor), (.credit, totals.creditMinor),
    ] where amountMinor != 0 {
      add(LoanAmount(key, direction: direction, amountMinor: amountMinor, tag: 1))
    }
  }
}
