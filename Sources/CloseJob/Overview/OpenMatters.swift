public import LedgerDomain
public import SnapshotStore

/// What about a tenant needs a person, as its books are now: what the overview shows and `tieout status`
/// lists.
///
///     try OpenMatters(reader: reader, deadline: settings.statementDeadline).all(state)
public struct OpenMatters {
  private let reader: BookReader
  private let deadline: StatementDeadline

  /// - Parameters:
  ///   - reader: the tenant's books.
  ///   - deadline: says when a statement is overdue.
  public init(reader: BookReader, deadline: StatementDeadline) {
    self.reader = reader
    self.deadline = deadline
  }

  /// Everything, in order.
  ///
  /// - Throws: `StoreError` if the store cannot be read.
  /// - Complexity: O(*n*), with the number of closes and of the dates that something is the matter with.
  public func all(_ state: TenantState) throws -> [OpenMatter] {
    let dates = try reader.dateOverviews(state, try reader.datesToReview(state))
    return (dates.flatMap(\.matters) + (try ofNoDate(state))).sorted()
  }

  /// What belongs to no single date, in no particular order: late input as the last close found it, and bank
  /// accounts as they stand at the last date.
  func ofNoDate(_ state: TenantState) throws -> [OpenMatter] {
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
    let latest = try LatestComparison(account, books, deadline, reader)
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
