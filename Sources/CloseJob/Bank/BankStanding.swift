public import JobConfiguration
public import LedgerDomain
public import SnapshotStore

/// How a bank account stands as of the last closed date: what an operator looks at first.
public struct BankStanding: Hashable, Sendable {
  /// The account.
  public let account: BankAccount
  /// The closing date of the last statement that was compared; `nil` if there was none.
  public let lastStatement: BusinessDate?
  /// The last date that is reconciled; `nil` if there is none.
  public let reconciledThrough: BusinessDate?
  /// The first date after it whose statement does not reconcile; `nil` if there is none.
  public let unreconciledSince: BusinessDate?
  /// The first date whose statement is overdue; `nil` if none is.
  public let overdueSince: BusinessDate?
  /// The ledger's closing less the statement's at the last statement, signed, in minor units.
  public let differenceMinor: AmountMinor
  /// How many items were outstanding at the last statement.
  public let openItems: Int
  /// The sum of the ledger's among them, signed, in minor units.
  public let openLedgerMinor: Int128
  /// The sum of the bank's among them, signed, in minor units.
  public let openBankMinor: Int128

  /// The bank accounts that a tenant uses, in the order of the job that closed its last date.
  ///
  /// - Parameters:
  ///   - settings: say when a statement is overdue.
  ///   - reader: the tenant's books.
  /// - Throws: `StoreError` if the store cannot be read.
  public static func all(
    _ state: TenantState, _ settings: JobSettings, _ reader: BookReader
  ) throws -> [BankStanding] {
    guard let header = try reader.closeHeader(state, date: state.closedThrough) else { return [] }
    let books = BankBooks(state)
    let deadline = settings.statementDeadline
    return try reader.currentReconciliations(state, header, listingItems: false).map {
      try BankStanding($0.reconciliation.account, books, deadline, reader)
    }
  }

  private init(
    _ account: BankAccount, _ books: BankBooks, _ deadline: StatementDeadline, _ reader: BookReader
  ) throws {
    let latest = try LatestComparison(account, books, deadline, reader)
    let base = try reader.bankBase(books, account: account, through: books.lastDate)
    let open = base?.outstanding.map(\.item) ?? []
    let sum = { (side: BankSide) in
      open.reduce(Int128(0)) { $0 + ($1.side == side ? Int128($1.amountMinor) : 0) }
    }
    self.account = account
    lastStatement = latest.comparison?.date
    differenceMinor = latest.comparison?.differenceMinor ?? 0
    (reconciledThrough, unreconciledSince) = try reader.bankProgress(
      books, account: account.reference)
    overdueSince = latest.overdueSince
    (openItems, openLedgerMinor, openBankMinor) = (open.count, sum(.ledger), sum(.bank))
  }
}
