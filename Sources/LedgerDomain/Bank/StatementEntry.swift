/// The booking status of an entry.
///
/// Source: ISO 20022, external code set ExternalEntryStatus1Code.
public enum StatementEntryStatus: String, Sendable, CaseIterable {
  /// In the booked balance.
  case booked = "BOOK"
  /// Expected, in no booked balance yet.
  case pending = "PDNG"
  /// For information only.
  case information = "INFO"
  /// To be booked on a later date.
  case future = "FUTR"
}

/// One entry of a statement.
public struct StatementEntry: Hashable, Sendable {
  /// Which of the statement's entries it is, from 1.
  public let number: Int
  /// In minor units; positive for a credit to the account. A reversal's sign is its own booking's.
  public let amountMinor: AmountMinor
  /// When the bank booked it.
  public let bookingDate: BusinessDate
  /// The date from which it bears interest, if the bank gives one.
  public let valueDate: BusinessDate?
  /// What it is known by, in the order of the file. References of a batch's transactions are theirs.
  public let references: [BankReference]
  /// The transactions that the bank booked as one entry. Their amounts add up to the entry's; empty if
  /// the bank does not list them, or if what it lists does not add up.
  public let transactions: [StatementTransaction]
  /// What the bank or the payer says about it: remittance information, a memo; in one line.
  public let text: String?
  /// How far the bank is with it.
  public let status: StatementEntryStatus
  /// Whether it undoes an earlier entry.
  public let isReversal: Bool

  /// Creates an entry.
  public init(
    number: Int, amountMinor: AmountMinor, bookingDate: BusinessDate,
    valueDate: BusinessDate? = nil, references: [BankReference] = [],
    transactions: [StatementTransaction] = [], text: String? = nil,
    status: StatementEntryStatus = .booked, isReversal: Bool = false
  ) {
    self.number = number
    self.amountMinor = amountMinor
    self.bookingDate = bookingDate
    self.valueDate = valueDate
    self.references = references
    self.transactions = transactions
    self.text = text
    self.status = status
    self.isReversal = isReversal
  }

  /// The first reference of a kind.
  public func reference(_ kind: BankReference.Kind) -> String? {
    references.first { $0.kind == kind }?.value
  }
}

/// One transaction of an entry that the bank booked as a batch.
public struct StatementTransaction: Hashable, Sendable {
  /// Which of the entry's transactions it is, from 1.
  public let number: Int
  /// In minor units of the entry's currency; positive for a credit to the account.
  public let amountMinor: AmountMinor
  /// What it is known by, in the order of the file.
  public let references: [BankReference]
  /// What the payer says about it, in one line.
  public let text: String?

  /// Creates a transaction.
  public init(
    number: Int, amountMinor: AmountMinor, references: [BankReference] = [], text: String? = nil
  ) {
    self.number = number
    self.amountMinor = amountMinor
    self.references = references
    self.text = text
  }

  /// The first reference of a kind.
  public func reference(_ kind: BankReference.Kind) -> String? {
    references.first { $0.kind == kind }?.value
  }
}
