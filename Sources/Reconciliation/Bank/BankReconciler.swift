import LedgerDomain

/// Compares an account of the ledger with the bank's.
///
///     let outcome = try BankReconciler(windowDays: 3).reconcile(position)
///     outcome.reconciliation.status       // .reconciled
///     outcome.reconciliation.outstanding  // to be carried over to the next date
///
/// Items over zero are left out: they are missing from no balance.
public struct BankReconciler: Sendable {
  private let matching: BankItemMatcher

  /// A comparison with a window for items without a common reference, in days.
  public init(windowDays: Int) {
    matching = BankItemMatcher(windowDays: windowDays)
  }

  /// The account at the end of the date.
  ///
  /// `difference = ledger − statement`, and `unexplained = difference − (Σ ledger's outstanding −
  /// Σ bank's)`: zero if the outstanding items are all there is between the two. Without a statement
  /// both are zero, the status is `pending`, and items of the ledger wait.
  /// - Throws: `BankReconciliationError` with `amount_overflow` if a figure passes 2^63 − 1.
  public func reconcile(
    _ position: BankReconciliationInput
  ) throws(BankReconciliationError) -> BankReconciliationResult {
    let account = position.account
    let chain = StatementChain(
      position.statements, of: account, priorClosingMinor: position.priorStatementClosingMinor)
    let since = Dictionary(
      position.carriedOver.map { ($0.item.key, $0.since) }, uniquingKeysWith: { min($0, $1) })
    let new = position.ledgerItems + chain.statements.flatMap(\.bankItems)
    let items = position.carriedOver.map(\.item) + new.filter { since[$0.key] == nil }
    let matched = matching.match(items.filter { $0.amountMinor != 0 })
    let outstanding = matched.open.map {
      OutstandingItem(
        item: $0.item, since: since[$0.item.key] ?? position.date,
        ambiguousGroup: $0.ambiguousGroup)
    }
    let difference = chain.balances.map {
      Int128(position.ledgerClosingMinor) - Int128($0.closingMinor)
    }
    let unexplained = difference.map { $0 - Self.explained(by: outstanding) }
    let differenceMinor = try Self.narrowed(difference ?? 0, "difference", account)
    let unexplainedMinor = try Self.narrowed(unexplained ?? 0, "unexplained difference", account)
    let status: BankStatus =
      difference == nil
      ? .pending : difference == 0 && outstanding.isEmpty ? .reconciled : .unreconciled
    let reconciliation = BankReconciliation(
      account: account, status: status, ledgerClosingMinor: position.ledgerClosingMinor,
      statement: chain.balances, differenceMinor: differenceMinor,
      unexplainedMinor: unexplainedMinor,
      matchCounts: matched.matches.reduce(into: [:]) { $0[$1.rule, default: 0] += 1 },
      outstanding: outstanding)
    return BankReconciliationResult(
      reconciliation: reconciliation, matches: matched.matches,
      findings: chain.findings + Self.ambiguityFindings(outstanding, account),
      tieOut: Self.tieOut(reconciliation))
  }

  /// What the outstanding items add to the ledger, less what they add to the bank.
  private static func explained(by outstanding: [OutstandingItem]) -> Int128 {
    outstanding.reduce(0) { sum, open in
      let amount = Int128(open.item.amountMinor)
      return open.item.side == .ledger ? sum + amount : sum - amount
    }
  }

  private static func narrowed(
    _ figure: Int128, _ name: String, _ account: BankAccount
  ) throws(BankReconciliationError) -> AmountMinor {
    guard let narrow = AmountMinor(exactly: figure) else {
      throw BankReconciliationError(
        code: .amountOverflow, account: account.reference,
        message: "the \(name) is \(figure) minor units, more than 2^63 - 1. "
          + "Correct the statement or the entry with that amount.")
    }
    return narrow
  }

  private static func ambiguityFindings(
    _ outstanding: [OutstandingItem], _ account: BankAccount
  ) -> [Finding] {
    var groups: [Int: [BankItem]] = [:]
    for open in outstanding {
      if let number = open.ambiguousGroup { groups[number, default: []].append(open.item) }
    }
    return groups.sorted { $0.key < $1.key }.map { number, items in
      let ledger = items.count { $0.side == .ledger }
      let amount = AmountText.decimal(
        items[0].amountMinor, digits: account.currency.minorUnitDigits ?? 0)
      let named = items.prefix(6).map(\.identity).joined(separator: ", ")
      var finding = Finding(
        .bankItemAmbiguous,
        message: "\(account.reference), group \(number): \(ledger.counted("ledger item")) and "
          + "\((items.count - ledger).counted("bank item")) of \(amount) \(account.currency) match in "
          + "more than one way: \(named)\(items.count > 6 ? ", …" : ""). None was matched. "
          + "Give both sides a common reference, or clear them by hand.")
      finding.account = account.account
      finding.currency = account.currency
      return finding
    }
  }

  private static func tieOut(_ reconciliation: BankReconciliation) -> TieOut {
    let account = reconciliation.account
    let digits = account.currency.minorUnitDigits ?? 0
    guard let statement = reconciliation.statement else {
      return TieOut(
        .bankReconciliation, scope: account.reference, status: .inconclusive, expectedMinor: nil,
        actualMinor: reconciliation.ledgerClosingMinor, differenceMinor: nil,
        detail: "\(account.reference) has no usable statement for the date.")
    }
    let unexplained = AmountText.decimal(reconciliation.unexplainedMinor, digits: digits)
    return TieOut(
      .bankReconciliation, scope: account.reference,
      status: reconciliation.status == .reconciled ? .pass : .fail,
      expectedMinor: statement.closingMinor, actualMinor: reconciliation.ledgerClosingMinor,
      differenceMinor: reconciliation.differenceMinor,
      detail: reconciliation.status == .reconciled
        ? "Account \(account.account) agrees with the statement of \(account.reference); nothing is "
          + "outstanding."
        : "\(account.reference): \(reconciliation.outstanding.count.counted("outstanding item")); "
          + "\(unexplained) \(account.currency) of the difference is unexplained.")
  }
}
