import JobConfiguration
import LedgerDomain
import SnapshotStore

/// What about a tenant needs a person and belongs to no single date: late input as its last close found it,
/// and bank accounts as they stand at its last date.
struct TenantStanding {
  let reader: BookReader
  let configuration: OverviewConfiguration

  /// The matters, in no particular order.
  func matters(_ state: TenantState) throws -> [OpenMatter] {
    try lateInput(state) + bankAccounts(state)
  }

  private func lateInput(_ state: TenantState) throws -> [OpenMatter] {
    try reader.tieOuts(state.lastClose).filter { $0.check == .lateInput && $0.status == .fail }
      .map { tieOut in
        OpenMatter(
          .lateInput, date: BusinessDate(tieOut.scope) ?? state.closedThrough,
          subject: tieOut.detail)
      }
  }

  private func bankAccounts(_ state: TenantState) throws -> [OpenMatter] {
    guard let header = try reader.closeHeader(state, date: state.closedThrough) else { return [] }
    let books = BankBooks(state)
    return try reader.currentReconciliations(state, header, listingItems: false).flatMap {
      try matters($0.reconciliation.account, books)
    }
  }

  private func matters(_ account: BankAccount, _ books: BankBooks) throws -> [OpenMatter] {
    var matters: [OpenMatter] = []
    let latest = try LatestComparison(account, books, configuration.deadline, reader)
    if let last = latest.unreconciled {
      matters.append(
        OpenMatter(
          .unreconciledBank, date: last.date, subject: account.reference, count: last.outstanding,
          amounts: [MatterAmount(Int128(last.differenceMinor), account.currency, nil)]))
    }
    if let since = latest.overdueSince {
      matters.append(OpenMatter(.overdueStatement, date: since, subject: account.reference))
    }
    return matters
  }
}
