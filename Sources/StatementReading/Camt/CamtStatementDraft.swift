import LedgerDomain

/// A statement of camt.053 while its elements arrive.
struct CamtStatementDraft {
  private let file: String
  private let number: Int
  private var header: CamtFields
  private var balance: CamtFields?
  private var entry: CamtEntryDraft?
  private var balances: [String: StatementBalance] = [:]
  private var currency: CurrencyCode?
  private var entries: [StatementEntry] = []
  private var entryCount = 0

  init(file: String, number: Int) {
    self.file = file
    self.number = number
    header = CamtFields(place: "statement \(number)")
  }

  mutating func begin(_ element: CamtElement) {
    switch element {
    case .balance: balance = CamtFields(place: "a balance of statement \(number)")
    case .entry:
      entryCount += 1
      entry = CamtEntryDraft(number: entryCount, statement: number)
    case .transaction: entry?.beginTransaction()
    default: break
    }
  }

  /// Receives the text of an element that ends; an empty text counts as missing.
  mutating func end(
    _ element: CamtElement, _ text: String, currency: String?
  ) throws(StatementFault) {
    switch element {
    case .balance: try endBalance()
    case .entry: try endEntry()
    case .statement, .transaction: break
    default:
      if text.isEmpty { return }
      if entry != nil {
        try entry?.set(element, text, currency: currency)
      } else if balance != nil {
        try balance?.set(element, text, currency: currency)
      } else {
        try header.set(element, text, currency: currency)
      }
    }
  }

  private mutating func endBalance() throws(StatementFault) {
    guard let fields = balance else { return }
    balance = nil
    // Intermediate, available and expected balances are no proof of the entries.
    guard let type = fields[.balanceType], ["OPBD", "CLBD", "PRCD"].contains(type) else { return }
    guard let date = try fields.date(.balanceDate, or: .balanceInstant) else {
      throw fields.fault("has no date")
    }
    let found = StatementBalance(
      amountMinor: try fields.amount(of: .balanceAmount, .balanceDirection), date: date)
    try adopt(fields.currency(of: .balanceAmount), fields)
    if let earlier = balances.updateValue(found, forKey: type), earlier != found {
      throw header.fault("has two different \(type) balances")
    }
  }

  private mutating func endEntry() throws(StatementFault) {
    guard let ended = entry else { return }
    entry = nil
    try adopt(ended.currency(), ended.fields)
    entries.append(try ended.entry(fallbackDate: balances["CLBD"]?.date))
  }

  /// Everything that counts must be in one currency.
  private mutating func adopt(
    _ found: CurrencyCode, _ fields: CamtFields
  ) throws(StatementFault) {
    if let currency, currency != found {
      throw fields.fault("is in \(found), though its statement is in \(currency)")
    }
    currency = found
  }

  /// The statement, when all of it is there.
  func statement() throws(StatementFault) -> BankStatement {
    guard let account = header[.iban] ?? header[.otherAccount] else {
      throw header.fault("names no account (Acct/Id)")
    }
    guard let opening = balances["OPBD"] ?? balances["PRCD"] else {
      throw header.fault("has no opening balance (OPBD or PRCD)")
    }
    guard let closing = balances["CLBD"] else {
      throw header.fault("has no closing balance (CLBD)")
    }
    guard let currency else { throw header.fault("has no currency") }
    if let named = header[.accountCurrency], named != currency.description {
      throw header.fault(
        "is for an account in \(named.prefix(20)), but its amounts are in \(currency)")
    }
    return BankStatement(
      account: account, currency: currency, identifier: header[.statementIdentifier],
      sequence: header[.sequence].flatMap { Int($0) },
      page: header[.page].flatMap { Int($0) }.map { StatementPage(number: $0) },
      opening: opening, closing: closing, entries: entries, file: file, number: number)
  }
}
