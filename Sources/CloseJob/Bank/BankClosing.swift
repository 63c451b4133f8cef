import DailyClose
import JobConfiguration
import LedgerDomain
import Reconciliation
import SnapshotStore

/// What a close does about bank accounts.
struct BankClosing {
  /// What a close found.
  struct Outcome {
    /// The accounts, with the lines that the close accepted on them.
    var positions: [BankPosition] = []
    /// The tie-outs of the date.
    var tieOuts: [TieOut] = []
    /// What is wrong with the bank's files.
    var findings: [Finding] = []
    /// The dates of each account that are reconciled again, the close's own among them.
    fileprivate var results: [(account: BankAccount, days: [BankDayResult])] = []
  }

  let book: BankBook
  let reader: BookReader

  /// Compares every account of the job, in its order, once the close's balances are written.
  ///
  /// - Parameters:
  ///   - state: the state of the tenant's books before the close; `nil` at its first.
  ///   - isNewest: whether the run closes no later date, so that this one says what is wrong with files.
  /// - Throws: `CloseRefusal` if a figure exceeds 64 bits.
  func outcome(
    _ input: DateInput, _ pending: PendingClose, state: TenantState?, isNewest: Bool
  ) throws -> Outcome {
    guard book.isUsed else {
      return Outcome(tieOuts: [
        .inconclusive(.bankReconciliation, detail: "The job names no bank accounts and statements.")
      ])
    }
    let books = BankBooks(pending)
    let firstDates = try book.takeUp(books)
    var outcome = Outcome()
    for account in book.accounts {
      let items = input.tally.bankItems.items(of: account.key)
      outcome.positions.append(BankPosition(account: account, items: items))
      let first = max(
        min(input.task.date, firstDates[account] ?? input.task.date), books.firstDate)
      let last = max(state?.closedThrough ?? input.task.date, input.task.date)
      let days = try book.results(
        account, books, from: first, through: last,
        pending: BankSpan.PendingItems(
          closeID: pending.closeID, date: input.task.date, replaced: input.task.replaces?.closeID,
          items: items))
      guard let own = days.first(where: { $0.date == input.task.date }) else { continue }
      outcome.results.append((account, days))
      let overdue = try book.overdueDate(account, books, through: last)
      outcome.tieOuts.append(
        overdue.map { own.tieOut.overdue(since: $0, account) } ?? own.tieOut)
    }
    if isNewest { addFileFindings(to: &outcome) }
    if outcome.tieOuts.isEmpty {
      outcome.tieOuts.append(
        .inconclusive(.bankReconciliation, detail: "The tenant uses none of the bank accounts."))
    }
    return outcome
  }

  private func addFileFindings(to outcome: inout Outcome) {
    outcome.findings = book.fileFindings
    if outcome.findings.isEmpty { return }
    outcome.tieOuts.append(
      TieOut(
        .bankReconciliation, scope: "statements", expected: 0,
        actual: Int128(outcome.findings.count),
        detail: "Statement files that could not be used as they are: see the findings."))
  }

  /// Writes the reconciliations of a close that is in the books now.
  ///
  /// - Returns: the new versions, the close's own among them.
  func store(
    _ outcome: Outcome, _ pending: PendingClose, _ state: TenantState
  ) throws -> [ReconciliationVersion] {
    let books = BankBooks(state)
    return try outcome.results.flatMap { account, days in
      guard let first = days.first?.date else { return [ReconciliationVersion]() }
      let closes = try reader.currentCloses(books, dates: first...state.closedThrough)
      return try book.store(days, account, books, closes: closes)
    }
  }
}

extension TieOut {
  /// The tie-out of an account of which a statement should have come by now.
  fileprivate func overdue(since date: BusinessDate, _ account: BankAccount) -> TieOut {
    guard status == .inconclusive else { return self }
    return TieOut(
      check, scope: scope, status: .fail, expectedMinor: nil, actualMinor: actualMinor,
      differenceMinor: nil, detail: BankBreak.overdue(account.reference, since: date).sentence)
  }
}
