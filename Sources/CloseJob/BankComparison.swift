import LedgerDomain
import Reconciliation
import SnapshotStore

/// Compares a close's bank accounts with their statements.
struct BankComparison {
  /// What comparing came to.
  struct Outcome {
    var reconciliations: [BankReconciliation] = []
    /// Items of the ledger that are effective after the date: they wait for theirs.
    var ahead: [String: [OutstandingItem]] = [:]
    var findings: [Finding] = []
    var tieOuts: [TieOut] = []
  }

  let settings: JobSettings
  let reader: BookReader

  /// Compares every account of the job, in its order.
  ///
  /// - Parameter state: where the tenant's books stand before the close; `nil` at its first.
  /// - Throws: `CloseRefusal` if a figure passes 64 bits.
  func outcome(
    _ reading: DayReading, rollforward: [RollforwardRow], state: TenantState?
  ) throws -> Outcome {
    guard !settings.bankAccounts.isEmpty, let statements = reading.statements else {
      return Outcome(tieOuts: [
        .inconclusive(.bankReconciliation, detail: "The job names no bank accounts and statements.")
      ])
    }
    var outcome = Outcome(findings: statements.findings)
    if statements.unusableCount > 0 {
      outcome.tieOuts.append(
        TieOut(
          .bankReconciliation, scope: "statements", expected: 0,
          actual: Int128(statements.unusableCount),
          detail: "Statements that could not be used: see the findings."))
    }
    for account in settings.bankAccounts.map(\.account) {
      try add(account, statements, reading, rollforward, state, to: &outcome)
    }
    return outcome
  }

  private func add(
    _ account: BankAccount, _ statements: DateStatements, _ reading: DayReading,
    _ rollforward: [RollforwardRow], _ state: TenantState?, to outcome: inout Outcome
  ) throws {
    let date = reading.work.date
    let carried =
      try state.map { state in
        try reader.bankCarriedOver(state, account: account, date: date.advanced(by: -1))
      } ?? ([], nil)
    let row = rollforward.first { $0.key == account.key }
    let closing = row?.closing ?? .zero
    let items = reading.tally.bankItems.items(of: account.key)
    // One job names the accounts of all its tenants: this one never had any business with that bank.
    let hasStatements =
      statements.statements[account] != nil || carried.statementClosingMinor != nil
    if row == nil && items.isEmpty && carried.items.isEmpty && !hasStatements { return }
    let position = BankPosition(
      account: account, date: date,
      ledgerClosingMinor: closing.normalBalanceMinor(on: .debit),
      statements: statements.statements[account] ?? [],
      priorStatementClosingMinor: carried.statementClosingMinor,
      carriedOver: carried.items.filter { $0.item.date <= date || $0.item.side == .bank },
      ledgerItems: items.filter { $0.date <= date })
    do {
      let compared = try BankReconciler(windowDays: settings.bankDateWindow).reconcile(position)
      outcome.reconciliations.append(compared.reconciliation)
      outcome.findings += compared.findings
      outcome.tieOuts.append(compared.tieOut)
    } catch {
      throw CloseRefusal(code: error.code.rawValue, error.message)
    }
    outcome.ahead[account.reference] =
      carried.items.filter { $0.item.date > date && $0.item.side == .ledger }
      + items.filter { $0.date > date }.map {
        OutstandingItem(item: $0, since: $0.date, ambiguousGroup: nil)
      }
  }
}
