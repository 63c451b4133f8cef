import DailyClose
import JobConfiguration
import LedgerDomain
import Reconciliation
import SnapshotStore

/// Compares a close's bank accounts with their statements.
struct BankComparison {
  /// The result of a comparison.
  struct Outcome {
    var reconciliations: [BankReconciliation] = []
    /// Ledger items that become effective after the date, by account reference.
    var ahead: [String: [OutstandingItem]] = [:]
    var findings: [Finding] = []
    var tieOuts: [TieOut] = []
  }

  let configuration: ReadingConfiguration
  let reader: BookReader

  /// Compares every account of the job, in its order.
  ///
  /// - Parameter state: the state of the tenant's books before the close; `nil` at its first.
  /// - Throws: `CloseRefusal` if a figure exceeds 64 bits.
  func outcome(
    _ input: DateInput, rollforward: [RollforwardRow], state: TenantState?
  ) throws -> Outcome {
    guard !configuration.bankAccounts.isEmpty, let statements = input.statements else {
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
          detail: "Unusable statement files: see the findings."))
    }
    for account in configuration.bankAccounts.map(\.account) {
      try add(account, statements, input, rollforward, state, to: &outcome)
    }
    return outcome
  }

  /// Whether a date's statements differ from those that a close was compared with.
  ///
  /// An account is compared with its statements' balances, and a date with how many files were unusable.
  func hasOtherStatements(_ input: DateInput, than close: CloseID) throws -> Bool {
    guard let statements = input.statements else { return false }
    let compared = try reader.bankReconciliations(close, date: input.task.date)
    for (account, found) in statements.statements {
      let closings = Set(found.map(\.closing.amountMinor))
      let known = compared.first { $0.account == account }?.statement?.closingMinor
      guard let known, closings.contains(known) else { return true }
    }
    let unusable = try reader.tieOuts(close).first {
      $0.check == .bankReconciliation && $0.scope == "statements"
    }
    return Int64(statements.unusableCount) != unusable?.actualMinor ?? 0
  }

  private func add(
    _ account: BankAccount, _ statements: DateStatements, _ input: DateInput,
    _ rollforward: [RollforwardRow], _ state: TenantState?, to outcome: inout Outcome
  ) throws {
    let date = input.task.date
    var carriedItems: [OutstandingItem] = []
    var priorClosing: AmountMinor?
    if let state {
      let carried = try reader.bankCarriedOver(
        state, account: account, date: date.advanced(by: -1))
      (carriedItems, priorClosing) = (carried.items, carried.statementClosingMinor)
    }
    let row = rollforward.first { $0.key == account.key }
    let items = input.tally.bankItems.items(of: account.key)
    let ofDate = statements.statements[account] ?? []
    // One job names the accounts of all its tenants: this tenant has never used that one.
    if row == nil && carriedItems.isEmpty && ofDate.isEmpty && priorClosing == nil { return }
    let compared = try reconcile(
      BankReconciliationInput(
        account: account, date: date,
        ledgerClosingMinor: (row?.closing ?? .zero).normalBalanceMinor(on: .debit),
        statements: ofDate, priorStatementClosingMinor: priorClosing,
        carriedOver: carriedItems.filter { !Self.isFutureDated($0.item, on: date) },
        ledgerItems: items.filter { !Self.isFutureDated($0, on: date) }))
    outcome.reconciliations.append(compared.reconciliation)
    outcome.findings += compared.findings
    outcome.tieOuts.append(compared.tieOut)
    var ahead = carriedItems.filter { Self.isFutureDated($0.item, on: date) }
    for item in items where Self.isFutureDated(item, on: date) {
      ahead.append(OutstandingItem(item: item, since: item.date, ambiguousGroup: nil))
    }
    outcome.ahead[account.reference] = ahead
  }

  /// Whether a ledger item becomes effective only after the date, so that the bank cannot have it yet.
  private static func isFutureDated(_ item: BankItem, on date: BusinessDate) -> Bool {
    item.side == .ledger && item.date > date
  }

  private func reconcile(_ position: BankReconciliationInput) throws(CloseRefusal)
    -> BankReconciliationResult
  {
    do throws(BankReconciliationError) {
      return try BankReconciler(windowDays: configuration.bankDateWindow).reconcile(position)
    } catch {
      let code: CloseRefusal.Code =
        switch error.code {
        case .amountOverflow: .amountOverflow
        }
      throw CloseRefusal(code, error.message)
    }
  }
}
