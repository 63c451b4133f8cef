import LedgerDomain

/// The open items of an account while its dates are reconciled one after the other.
struct BankPosition {
  private let account: BankAccount
  private let firstClose: BusinessDate?
  private let settlements: [BankSettlement]
  /// What is open, in the order of date, side and identity.
  private var open: [OutstandingItem]
  private var keys: Set<BankItemKey>
  private var writtenOff: Int128
  /// The date before the one in hand.
  private var priorDate = BusinessDate(dayNumber: 0)
  private var day = BankLedgerDay(date: BusinessDate(dayNumber: 0), closingMinor: 0, items: [])
  /// What a date made of the settlements that count from it on.
  private var made: [BankMatch] = []
  private var madeNumbers: [Int] = []
  private var applied: Set<Int> = []

  init(
    account: BankAccount, firstClose: BusinessDate?, state: BankAccountState,
    settlements: [BankSettlement]
  ) {
    self.account = account
    self.firstClose = firstClose
    self.settlements = settlements.sorted { ($0.date, $0.number) < ($1.date, $1.number) }
    open = state.outstanding
    keys = Set(open.map(\.item.key))
    writtenOff = Int128(state.writtenOffMinor)
  }

  /// Takes what a date brings, and applies the settlements that count by then.
  mutating func begin(
    _ day: BankLedgerDay, _ delivered: [StatementDay], after priorDate: BusinessDate
  ) {
    (self.day, self.priorDate) = (day, priorDate)
    (made, madeNumbers) = ([], [])
    for item in day.items + delivered.flatMap(\.items)
    where item.amountMinor != 0 && !isInOpeningBalance(item) && keys.insert(item.key).inserted {
      let since = item.side == .ledger ? max(item.date, day.date) : day.date
      open.append(OutstandingItem(item: item, since: since, ambiguousGroup: nil))
    }
    for settlement in settlements
    where settlement.date <= day.date && !applied.contains(settlement.number) {
      apply(settlement)
    }
    open.sort { BankItem.precedes($0.item, $1.item) }
  }

  /// Whether the bank booked an item before the first close, so that the ledger's opening balance has it.
  private func isInOpeningBalance(_ item: BankItem) -> Bool {
    guard let firstClose, item.side == .bank else { return false }
    return item.date < firstClose
  }

  private mutating func apply(_ settlement: BankSettlement) {
    guard !settlement.items.isEmpty, settlement.items.allSatisfy(keys.contains) else { return }
    let settled = Set(settlement.items)
    let items = open.map(\.item).filter { settled.contains($0.key) }.sorted(by: BankItem.precedes)
    let match = BankMatch(
      ledger: items.filter { $0.side == .ledger }, bank: items.filter { $0.side == .bank },
      rule: .settlement)
    applied.insert(settlement.number)
    made.append(match)
    madeNumbers.append(settlement.number)
    writtenOff += Self.net(items)
    remove(settled)
  }

  private mutating func remove(_ settled: Set<BankItemKey>) {
    open.removeAll { settled.contains($0.item.key) }
    keys.subtract(settled)
  }

  /// What the items add to the ledger, less what they add to the bank.
  private static func net(_ items: some Sequence<BankItem>) -> Int128 {
    items.reduce(0) { sum, item in
      item.side == .ledger ? sum + Int128(item.amountMinor) : sum - Int128(item.amountMinor)
    }
  }

  /// Whether the bank cannot have an item yet, as the ledger books it ahead.
  private func isAhead(_ item: BankItem) -> Bool { item.side == .ledger && item.date > day.date }

  /// Matches what is open on the date.
  mutating func match(_ matching: BankItemMatcher) -> [BankMatch] {
    let outcome = matching.match(open.map(\.item).filter { !isAhead($0) })
    let groups = Dictionary(
      outcome.open.map { ($0.item.key, $0.ambiguousGroup) }, uniquingKeysWith: { first, _ in first }
    )
    remove(Set(outcome.matches.flatMap { $0.items.map(\.key) }))
    open = open.map {
      OutstandingItem(
        item: $0.item, since: $0.since, ambiguousGroup: groups[$0.item.key] ?? nil)
    }
    return outcome.matches
  }

  /// The result of a date with a statement.
  func compared(
    with statement: StatementDay, _ delivered: [StatementDay], _ matched: [BankMatch]
  ) throws(BankReconciliationError) -> BankDayResult {
    let difference = Int128(day.closingMinor) - Int128(statement.closingMinor)
    let outstanding = open.filter { !isAhead($0.item) }
    let unexplained = difference - writtenOff - Self.net(outstanding.lazy.map(\.item))
    let breaks = delivered.flatMap(\.breaks)
    let isReconciled = breaks.isEmpty && outstanding.isEmpty && unexplained == 0
    let reconciliation = try reconciliation(
      isReconciled ? .reconciled : .unreconciled, statement: statement, difference: difference,
      unexplained: unexplained, outstanding: outstanding, matches: made + matched)
    return try result(
      reconciliation,
      findings: delivered.flatMap(\.findings) + BankFindings.ambiguous(outstanding, account),
      tieOut: BankFindings.tieOut(reconciliation, breaks: breaks, date: day.date))
  }

  /// The result of a date without one.
  ///
  /// - Parameters:
  ///   - findings: what is known about statements to come.
  ///   - overdueDays: the banking days in which it should have come; `nil` if they have not passed.
  func pending(
    _ findings: [Finding], overdueDays: Int?
  ) throws(BankReconciliationError) -> BankDayResult {
    let outstanding = open.filter { !isAhead($0.item) }
    let reconciliation = try reconciliation(
      .pending, statement: nil, difference: 0, unexplained: 0, outstanding: outstanding,
      matches: made)
    return try result(
      reconciliation, findings: findings,
      tieOut: BankFindings.pendingTieOut(
        reconciliation, date: day.date, overdueDays: overdueDays))
  }

  private func result(
    _ reconciliation: BankReconciliation, findings: [Finding], tieOut: TieOut
  ) throws(BankReconciliationError) -> BankDayResult {
    let void = settlements.filter {
      $0.date <= day.date && $0.date > priorDate && !applied.contains($0.number)
    }
    return BankDayResult(
      date: day.date, reconciliation: reconciliation,
      findings: findings + void.map { BankFindings.void($0, account) }, tieOut: tieOut,
      state: BankAccountState(
        outstanding: open, writtenOffMinor: reconciliation.writtenOffMinor),
      settlements: madeNumbers)
  }

  private func reconciliation(
    _ status: BankStatus, statement: StatementDay?, difference: Int128, unexplained: Int128,
    outstanding: [OutstandingItem], matches: [BankMatch]
  ) throws(BankReconciliationError) -> BankReconciliation {
    BankReconciliation(
      account: account, status: status, ledgerClosingMinor: day.closingMinor,
      statement: statement.map { ($0.openingMinor, $0.closingMinor) },
      differenceMinor: try narrowed(difference, "difference"),
      unexplainedMinor: try narrowed(unexplained, "unexplained difference"),
      matchCounts: matches.reduce(into: [:]) { $0[$1.rule, default: 0] += 1 },
      outstanding: outstanding, matches: matches,
      writtenOffMinor: try narrowed(writtenOff, "sum written off"))
  }

  private func narrowed(
    _ figure: Int128, _ name: String
  ) throws(BankReconciliationError) -> AmountMinor {
    guard let narrow = AmountMinor(exactly: figure) else {
      throw BankReconciliationError(
        code: .amountOverflow, account: account.reference,
        message: "the \(name) on \(day.date) is \(figure) minor units, more than 2^63 - 1. "
          + "Correct the statement or the entry with that amount.")
    }
    return narrow
  }
}
