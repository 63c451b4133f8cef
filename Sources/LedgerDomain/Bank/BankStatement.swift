/// A bank's statement of an account: two balances and the entries between them.
public struct BankStatement: Hashable, Sendable {
  /// How the bank names the account: an IBAN or another number.
  public let account: String
  /// Its currency.
  public let currency: CurrencyCode
  /// How the bank names the statement; `nil` if it does not.
  public let identifier: String?
  /// Its place among the account's statements, if the bank numbers them.
  public let sequence: Int?
  /// Its page, if it is one of several of a statement.
  public let page: Int?
  /// The booked balance before the first entry.
  public let opening: StatementBalance
  /// The booked balance after the last entry.
  public let closing: StatementBalance
  /// All entries, in the order of the file, whatever their status.
  public let entries: [StatementEntry]
  /// The file it was read from.
  public let file: String
  /// Which of the file's statements it is, from 1.
  public let number: Int

  /// Creates a statement.
  public init(
    account: String, currency: CurrencyCode, identifier: String?, sequence: Int? = nil,
    page: Int? = nil, opening: StatementBalance, closing: StatementBalance,
    entries: [StatementEntry], file: String, number: Int
  ) {
    self.account = account
    self.currency = currency
    self.identifier = identifier
    self.sequence = sequence
    self.page = page
    self.opening = opening
    self.closing = closing
    self.entries = entries
    self.file = file
    self.number = number
  }

  /// The booked entries that moved money, as items to be matched.
  ///
  /// An entry over zero moves none: it can be missing from no balance.
  public var bankItems: [BankItem] {
    entries.filter { $0.status == .booked && $0.amountMinor != 0 }.map { entry in
      BankItem(
        side: .bank, identity: "\(file)#\(number)/\(entry.place)",
        reference: entry.servicerReference, secondReference: entry.endToEndReference,
        amountMinor: entry.amountMinor, date: entry.bookingDate)
    }
  }

  /// The statement without its file: two equal values are one statement delivered twice.
  public var withoutSource: BankStatement {
    BankStatement(
      account: account, currency: currency, identifier: identifier, sequence: sequence, page: page,
      opening: opening, closing: closing, entries: entries, file: "", number: 0)
  }

  /// An account as banks and people write it, made comparable: without spaces, in capital letters.
  ///
  ///     BankStatement.comparableAccount("de02 1203 0000 0000 2020 51")  // "DE02120300000000202051"
  public static func comparableAccount(_ account: String) -> String {
    String(account.filter { !$0.isWhitespace }).uppercased()
  }
}

/// A booked balance of a statement.
public struct StatementBalance: Hashable, Sendable {
  /// In minor units; positive if the bank owes it to the account's holder (a credit).
  public let amountMinor: AmountMinor
  /// The date the bank gives it.
  public let date: BusinessDate

  /// Creates a balance.
  public init(amountMinor: AmountMinor, date: BusinessDate) {
    self.amountMinor = amountMinor
    self.date = date
  }
}

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

/// One entry of a statement, or one transaction of an entry that the bank booked as a batch.
public struct StatementEntry: Hashable, Sendable {
  /// Which of the statement's entries it is, from 1.
  public let number: Int
  /// Which of the entry's transactions it is, from 1; `nil` if it is the entry as a whole.
  public let transaction: Int?
  /// In minor units; positive for a credit to the account. A reversal's sign is its own booking's.
  public let amountMinor: AmountMinor
  /// When the bank booked it.
  public let bookingDate: BusinessDate
  /// The date from which it bears interest, if the bank gives one.
  public let valueDate: BusinessDate?
  /// The bank's own reference: unique there.
  public let servicerReference: String?
  /// The reference that went with the payment from end to end. Several entries may share it.
  public let endToEndReference: String?
  /// How far the bank is with it.
  public let status: StatementEntryStatus
  /// Whether it undoes an earlier entry.
  public let isReversal: Bool

  /// Creates an entry.
  public init(
    number: Int, transaction: Int? = nil, amountMinor: AmountMinor, bookingDate: BusinessDate,
    valueDate: BusinessDate? = nil, servicerReference: String? = nil,
    endToEndReference: String? = nil, status: StatementEntryStatus = .booked,
    isReversal: Bool = false
  ) {
    self.number = number
    self.transaction = transaction
    self.amountMinor = amountMinor
    self.bookingDate = bookingDate
    self.valueDate = valueDate
    self.servicerReference = servicerReference
    self.endToEndReference = endToEndReference
    self.status = status
    self.isReversal = isReversal
  }

  /// Its place in the statement: `3`, or `3.2` for a batch's second transaction.
  public var place: String { transaction.map { "\(number).\($0)" } ?? String(number) }
}
