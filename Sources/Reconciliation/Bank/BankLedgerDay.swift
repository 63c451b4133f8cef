public import LedgerDomain

/// The ledger's side of a bank account at the end of a business date.
public struct BankLedgerDay: Hashable, Sendable {
  /// The business date.
  public let date: BusinessDate
  /// The closing balance: debits less credits, in minor units.
  public let closingMinor: AmountMinor
  /// The lines that came with the date, in any order. One that becomes effective later counts from that
  /// date on; one that was effective earlier counts from this date on.
  public let items: [BankItem]

  /// Creates a day.
  public init(date: BusinessDate, closingMinor: AmountMinor, items: [BankItem]) {
    self.date = date
    self.closingMinor = closingMinor
    self.items = items
  }
}

/// What a date hands on to the next.
public struct BankAccountState: Hashable, Sendable {
  /// Items on one side only, and lines of the ledger that become effective later.
  public var outstanding: [OutstandingItem]
  /// The ledger's items that were written off, less the bank's; signed, in minor units.
  public var writtenOffMinor: AmountMinor

  /// Creates a state; by default that of a new account. Before the first close, its items are those that
  /// were outstanding then.
  public init(outstanding: [OutstandingItem] = [], writtenOffMinor: AmountMinor = 0) {
    self.outstanding = outstanding
    self.writtenOffMinor = writtenOffMinor
  }
}

/// The result of comparing an account with the bank on one date.
public struct BankDayResult: Hashable, Sendable {
  /// The business date.
  public let date: BusinessDate
  /// The comparison, with the matches made on this date and what is outstanding at its end.
  public let reconciliation: BankReconciliation
  /// What is to be said about the date's statements, ambiguous groups and settlements.
  public let findings: [Finding]
  /// Whether the account is reconciled; its scope is the account's reference. Inconclusive while the
  /// statement may still come.
  public let tieOut: TieOut
  /// What the next date begins with.
  public let state: BankAccountState
  /// The settlements that count from this date on.
  public let settlements: [Int]
}
