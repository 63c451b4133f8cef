import JobConfiguration
public import LedgerDomain
import SnapshotStore

/// A bank account that does not agree with the bank as things are now.
public enum BankBreak: Hashable, Sendable {
  /// The last date with a statement is not reconciled.
  case unreconciled(
    String, on: BusinessDate, currency: CurrencyCode, differenceMinor: AmountMinor,
    outstanding: Int)
  /// A statement should have come by now.
  case overdue(String, since: BusinessDate)

  /// The account's reference.
  public var account: String {
    switch self {
    case .unreconciled(let account, _, _, _, _), .overdue(let account, _): account
    }
  }

  /// The date it is about.
  public var date: BusinessDate {
    switch self {
    case .unreconciled(_, let date, _, _, _), .overdue(_, let date): date
    }
  }

  /// What is wrong and what to do.
  public var sentence: String {
    switch self {
    case .unreconciled(let account, let date, let currency, let difference, let outstanding):
      "\(account) is not reconciled on \(date): a difference of "
        + "\(AmountText.decimal(difference, digits: currency.minorUnitDigits ?? 0)) \(currency), "
        + "\(outstanding.counted("outstanding item")). See bank-items.csv of that date, and tieout settle."
    case .overdue(let account, let date):
      "the statement of \(account) for \(date) is overdue. Fetch it from the bank, or complete bank_holidays "
        + "in the job."
    }
  }
}

extension BankBook {
  /// The first date whose statement is overdue at the end of another; `nil` if none is.
  func overdueDate(
    _ account: BankAccount, _ books: BankBooks, through last: BusinessDate
  ) throws -> BusinessDate? {
    let delivered = try lastStatementDate(account, books, through: last)
    return configuration.deadline.firstOverdue(
      from: try writer.reader.firstDate(of: account, books, after: delivered), asOf: last)
  }

  /// What does not agree with the bank as things are now, in the order of the job.
  func breaks(_ state: TenantState) throws -> [BankBreak] {
    guard isUsed else { return [] }
    let books = BankBooks(state)
    return try accounts.flatMap { account in
      var breaks: [BankBreak] = []
      let latest = try LatestComparison(
        account, books, configuration.deadline, writer.reader)
      if let last = latest.unreconciled {
        breaks.append(
          .unreconciled(
            account.reference, on: last.date, currency: account.currency,
            differenceMinor: last.differenceMinor, outstanding: last.outstanding))
      }
      if let date = latest.overdueSince {
        breaks.append(.overdue(account.reference, since: date))
      }
      return breaks
    }
  }
}
