import LedgerDomain
import SnapshotStore

/// A bank account's latest comparison with a statement as the books are now, and whether the next statement
/// is overdue: the one answer of the job's summary, `tieout status`, the metrics and the overview.
struct LatestComparison {
  /// The comparison; `nil` if there was none.
  let comparison:
    (date: BusinessDate, status: BankStatus, differenceMinor: AmountMinor, outstanding: Int)?
  /// The first date whose statement is overdue; `nil` if none is, or the tenant does not use the account.
  let overdueSince: BusinessDate?

  /// - Throws: `StoreError` if the store cannot be read.
  init(
    _ account: BankAccount, _ books: BankBooks, _ deadline: StatementDeadline, _ reader: BookReader
  ) throws {
    comparison = try reader.lastComparison(
      books, account: account.reference, through: books.lastDate)
    let isInUse =
      try comparison != nil
      || reader.hasBalance(books, key: account.key, date: books.lastDate)
    overdueSince =
      try isInUse
      ? deadline.firstOverdue(
        from: reader.firstDate(of: account, books, after: comparison?.date), asOf: books.lastDate)
      : nil
  }

  /// The comparison if it did not come out even.
  var unreconciled: (date: BusinessDate, differenceMinor: AmountMinor, outstanding: Int)? {
    guard let comparison, comparison.status == .unreconciled else { return nil }
    return (comparison.date, comparison.differenceMinor, comparison.outstanding)
  }
}

extension BookReader {
  /// The first date of an account that wants a statement, after the last one that has one.
  func firstDate(
    of account: BankAccount, _ books: BankBooks, after last: BusinessDate?
  ) throws -> BusinessDate {
    try last?.advanced(by: 1) ?? bankItemsKnownFrom(books, account: account)
  }
}
