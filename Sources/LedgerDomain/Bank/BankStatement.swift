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
  public let page: StatementPage?
  /// When the bank made it, if it says so: of two deliveries, the later counts.
  public let createdAt: StatementTime?
  /// The booked balance before the first entry; `nil` if the bank states only the closing one.
  public let opening: StatementBalance?
  /// The booked balance after the last entry. Its date is the date that the statement is for.
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
    page: StatementPage? = nil, createdAt: StatementTime? = nil, opening: StatementBalance?,
    closing: StatementBalance, entries: [StatementEntry], file: String, number: Int
  ) {
    self.account = account
    self.currency = currency
    self.identifier = identifier
    self.sequence = sequence
    self.page = page
    self.createdAt = createdAt
    self.opening = opening
    self.closing = closing
    self.entries = entries
    self.file = file
    self.number = number
  }

  /// The statement without its file and time: two equal values are one statement delivered twice.
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
  /// Whether it stands between two pages of a statement, or in the middle of a day: `ITBD`, 60M, 62M.
  public let isIntermediate: Bool

  /// Creates a balance.
  public init(amountMinor: AmountMinor, date: BusinessDate, isIntermediate: Bool = false) {
    self.amountMinor = amountMinor
    self.date = date
    self.isIntermediate = isIntermediate
  }
}

/// Which page of a statement a file or message has.
public struct StatementPage: Hashable, Sendable {
  /// From 1.
  public let number: Int
  /// Whether it is the last one; `nil` if the bank does not say.
  public let isLast: Bool?

  /// Creates a page.
  public init(number: Int, isLast: Bool? = nil) {
    self.number = number
    self.isLast = isLast
  }
}

/// When a bank made a statement. Times of one bank are compared with each other only.
public struct StatementTime: Hashable, Comparable, Sendable {
  /// The date; in UTC if the bank states an offset, else in its own time.
  public let date: BusinessDate
  /// Seconds since midnight.
  public let second: Int

  /// Creates a time.
  public init(date: BusinessDate, second: Int) {
    self.date = date
    self.second = second
  }

  /// Whether one is before the other.
  public static func < (left: StatementTime, right: StatementTime) -> Bool {
    (left.date, left.second) < (right.date, right.second)
  }
}

/// What a bank reports of booked entries outside a statement: the transactions of its batches.
///
/// Source: ISO 20022, camt.054, BankToCustomerDebitCreditNotification.
public struct BankNotification: Hashable, Sendable {
  /// How the bank names the account.
  public let account: String
  /// Its entries, with their transactions.
  public let entries: [StatementEntry]
  /// The currency of the entries.
  public let currency: CurrencyCode
  /// The file it was read from.
  public let file: String
  /// Which of the file's notifications it is, from 1.
  public let number: Int

  /// Creates a notification.
  public init(
    account: String, currency: CurrencyCode, entries: [StatementEntry], file: String, number: Int
  ) {
    self.account = account
    self.currency = currency
    self.entries = entries
    self.file = file
    self.number = number
  }
}
