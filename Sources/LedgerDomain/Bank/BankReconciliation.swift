/// The outcome of the comparison with the bank, as the API reports it.
public enum BankStatus: String, Sendable {
  /// The balances agree, but for what was written off, and nothing is outstanding.
  case reconciled
  /// They do not, or something is.
  case unreconciled
  /// There is no statement for the date yet.
  case pending
}

/// One bank account at the end of a business date.
public struct BankReconciliation: Hashable, Sendable {
  /// The account.
  public let account: BankAccount
  /// How it ended.
  public let status: BankStatus
  /// The ledger's closing balance: debits less credits, in minor units.
  public let ledgerClosingMinor: AmountMinor
  /// The statement's opening and closing booked balance; `nil` without a statement.
  public let statement: (openingMinor: AmountMinor, closingMinor: AmountMinor)?
  /// The ledger's closing less the statement's, signed; zero without a statement.
  public let differenceMinor: AmountMinor
  /// The part of the difference that no outstanding item explains.
  public let unexplainedMinor: AmountMinor
  /// How many matches were made on this date, by each rule.
  public let matchCounts: [BankMatchRule: Int]
  /// Items on one side only, in the order of date, side and identity.
  public let outstanding: [OutstandingItem]
  /// The matches that were made on this date, in the order of the earliest item of each.
  public let matches: [BankMatch]

  /// The ledger's items that people wrote off, less the bank's, since the first close; signed, in minor
  /// units. The account is reconciled if that is all the difference.
  public let writtenOffMinor: AmountMinor
  /// The date whose statement settles this one, if it has none of its own: status, difference and
  /// statement are then those of that date.
  public let settledOn: BusinessDate?

  /// Creates a reconciliation.
  public init(
    account: BankAccount, status: BankStatus, ledgerClosingMinor: AmountMinor,
    statement: (openingMinor: AmountMinor, closingMinor: AmountMinor)?,
    differenceMinor: AmountMinor, unexplainedMinor: AmountMinor,
    matchCounts: [BankMatchRule: Int], outstanding: [OutstandingItem], matches: [BankMatch] = [],
    writtenOffMinor: AmountMinor = 0, settledOn: BusinessDate? = nil
  ) {
    self.account = account
    self.status = status
    self.ledgerClosingMinor = ledgerClosingMinor
    self.statement = statement
    self.differenceMinor = differenceMinor
    self.unexplainedMinor = unexplainedMinor
    self.matchCounts = matchCounts
    self.outstanding = outstanding
    self.matches = matches
    self.writtenOffMinor = writtenOffMinor
    self.settledOn = settledOn
  }

  /// Whether all properties are equal.
  public static func == (left: BankReconciliation, right: BankReconciliation) -> Bool {
    left.account == right.account && left.status == right.status
      && left.ledgerClosingMinor == right.ledgerClosingMinor
      && left.statement?.openingMinor == right.statement?.openingMinor
      && left.statement?.closingMinor == right.statement?.closingMinor
      && left.differenceMinor == right.differenceMinor
      && left.unexplainedMinor == right.unexplainedMinor && left.matchCounts == right.matchCounts
      && left.outstanding == right.outstanding && left.matches == right.matches
      && left.writtenOffMinor == right.writtenOffMinor && left.settledOn == right.settledOn
  }

  /// Hashes a subset of the properties that `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(account)
    hasher.combine(ledgerClosingMinor)
  }
}
