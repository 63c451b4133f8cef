/// An account at a bank whose statements are compared with an account of the ledger.
public struct BankAccount: Hashable, Sendable {
  /// What the job, the reports and the API call it.
  public let reference: String
  /// How statements name it: an IBAN or another number; `reference` unless the job sets it.
  public let statementAccount: String
  /// The ledger's account.
  public let account: AccountCode
  /// Its currency.
  public let currency: CurrencyCode

  /// Creates an account.
  public init(
    reference: String, statementAccount: String, account: AccountCode, currency: CurrencyCode
  ) {
    self.reference = reference
    self.statementAccount = statementAccount
    self.account = account
    self.currency = currency
  }

  /// The balances it is compared with: those that are settled.
  public var key: BalanceKey {
    BalanceKey(account: account, currency: currency, layer: .settled)
  }
}

/// Where an item was booked.
public enum BankSide: String, Sendable, CaseIterable {
  /// In the ledger: a line of an entry.
  case ledger
  /// On the bank's statement.
  case bank
}

/// One movement of the account, as the ledger or the bank booked it.
public struct BankItem: Hashable, Sendable {
  /// Where it was booked.
  public let side: BankSide
  /// What it is: the entry and line, or the statement's file and entry. None has it twice on a side.
  public let identity: String
  /// The reference that both sides may know it by; `nil` if it has none.
  public let reference: String?
  /// A second reference that it may be known by: the payment's end-to-end identification.
  public let secondReference: String?
  /// Signed, in minor units: positive where the account grows (a debit of the ledger's, a credit of
  /// the bank's).
  public let amountMinor: AmountMinor
  /// When it was booked; in the ledger, when it is effective.
  public let date: BusinessDate

  /// Creates an item.
  public init(
    side: BankSide, identity: String, reference: String?, secondReference: String? = nil,
    amountMinor: AmountMinor, date: BusinessDate
  ) {
    self.side = side
    self.identity = identity
    self.reference = reference
    self.secondReference = secondReference
    self.amountMinor = amountMinor
    self.date = date
  }
}

/// What made two items one.
public enum BankMatchRule: String, Sendable, CaseIterable {
  /// The same reference and amount.
  case reference
  /// The same amount within the window of days, and no other candidate.
  case amount
}

/// An item of the ledger and one of the bank that are the same.
public struct BankMatch: Hashable, Sendable {
  /// The ledger's item.
  public let ledger: BankItem
  /// The bank's.
  public let bank: BankItem
  /// What made them one.
  public let rule: BankMatchRule

  /// Creates a match.
  public init(ledger: BankItem, bank: BankItem, rule: BankMatchRule) {
    self.ledger = ledger
    self.bank = bank
    self.rule = rule
  }
}

/// An item that is on one side only.
public struct OutstandingItem: Hashable, Sendable {
  /// The item.
  public let item: BankItem
  /// The business date on which it was first outstanding.
  public let since: BusinessDate
  /// The group of items that could be each other's, if it is in one: from 1.
  public let ambiguousGroup: Int?

  /// Creates an item.
  public init(item: BankItem, since: BusinessDate, ambiguousGroup: Int?) {
    self.item = item
    self.since = since
    self.ambiguousGroup = ambiguousGroup
  }

  /// How many days it has been outstanding on a date.
  public func ageDays(on date: BusinessDate) -> Int { max(0, since.days(to: date)) }
}

/// The outcome of the comparison with the bank, as the API reports it.
public enum BankStatus: String, Sendable {
  /// The balances agree and nothing is outstanding.
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
  /// How many items were matched on this date, by each rule.
  public let matchCounts: [BankMatchRule: Int]
  /// Items on one side only, in the order of date, side and identity.
  public let outstanding: [OutstandingItem]

  /// Creates a reconciliation.
  public init(
    account: BankAccount, status: BankStatus, ledgerClosingMinor: AmountMinor,
    statement: (openingMinor: AmountMinor, closingMinor: AmountMinor)?,
    differenceMinor: AmountMinor, unexplainedMinor: AmountMinor,
    matchCounts: [BankMatchRule: Int], outstanding: [OutstandingItem]
  ) {
    self.account = account
    self.status = status
    self.ledgerClosingMinor = ledgerClosingMinor
    self.statement = statement
    self.differenceMinor = differenceMinor
    self.unexplainedMinor = unexplainedMinor
    self.matchCounts = matchCounts
    self.outstanding = outstanding
  }

  /// Whether all properties are equal.
  public static func == (left: BankReconciliation, right: BankReconciliation) -> Bool {
    left.account == right.account && left.status == right.status
      && left.ledgerClosingMinor == right.ledgerClosingMinor
      && left.statement?.openingMinor == right.statement?.openingMinor
      && left.statement?.closingMinor == right.statement?.closingMinor
      && left.differenceMinor == right.differenceMinor
      && left.unexplainedMinor == right.unexplainedMinor && left.matchCounts == right.matchCounts
      && left.outstanding == right.outstanding
  }

  /// Hashes a subset of the properties that `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(account)
    hasher.combine(ledgerClosingMinor)
  }
}
