import LedgerDomain

/// A statement, a report or a notification while its elements arrive.
struct CamtStatementDraft {
  private let message: CamtMessage
  private let number: Int
  private var header = CamtHeader()
  private var balance: CamtBalanceDraft?
  private var balances = CamtBalances()
  private var entry: CamtEntryDraft?
  private var entries: [StatementEntry] = []
  private var entryCount = 0
  /// The positions of those that say no date.
  private var undated: [Int] = []
  private var currency: CurrencyCode?
  /// The sum of the entries whose status is none of the four.
  private var otherStatusSum: Int128 = 0
  /// What was taken for granted.
  private(set) var notes = CamtNotes()

  init(_ message: CamtMessage, number: Int) {
    self.message = message
    self.number = number
  }

  /// What it is called: `statement 2`.
  var name: String { "\(message.noun) \(number)" }

  /// What the element that arrives is part of: `entry 3 of statement 1`.
  var place: String {
    if let entry { return "entry \(entry.number) of \(name)" }
    return balance == nil ? name : "a balance of \(name)"
  }

  mutating func begin(_ element: CamtElement, line: Int) {
    switch element {
    case .balance: balance = CamtBalanceDraft(line: line)
    case .entry:
      entryCount += 1
      entry = CamtEntryDraft(number: entryCount, line: line)
    case .transaction: entry?.batch.begin()
    default: break
    }
  }

  /// Receives the text of an element that ends; an empty text counts as missing.
  mutating func end(_ element: CamtElement, _ text: CamtText, line: Int) throws(CamtFlaw) {
    switch element {
    case .balance: try endBalance()
    case .entry: try endEntry()
    case .transaction: entry?.endTransaction()
    default:
      if text.isEmpty { return }
      if entry != nil {
        try entry?.set(element, text)
      } else if balance != nil {
        try balance?.set(element, text)
      } else if try !header.set(element, text) {
        notes.add("\(text.quoted(40)) of the head of \(name) was not understood.", line: line)
      }
    }
  }

  private mutating func endBalance() throws(CamtFlaw) {
    guard let ended = balance else { return }
    if let found = try ended.found() {
      try adopt(found.currency)
      try balances.add(
        found.amountMinor, found.date, type: found.type, subtype: ended.subtype)
    } else if let type = ended.proprietaryType {
      notes.add(
        "A balance of \(name) of the bank's own type '\(type.prefix(40))' was ignored.",
        line: ended.line)
    }
    balance = nil
  }

  private mutating func endEntry() throws(CamtFlaw) {
    guard let ended = entry else { return }
    guard let amount = ended.amount else { throw CamtFlaw("has no Amt") }
    if let currency, amount.currency != currency, ended.isPending {
      note(.otherCurrency, ended)
      entry = nil
      return
    }
    try adopt(amount.currency)
    // The date of the closing balance takes the place of this one.
    let (made, gap) = ended.entry(amount, fallbackDate: BusinessDate(dayNumber: 0))
    if ended.bookingDate == nil && ended.valueDate == nil {
      if message == .notification { throw CamtFlaw("has neither a booking nor a value date") }
      undated.append(entries.count)
      if made.status == .booked { note(.noDate, ended) }
    }
    noteGaps(of: ended, made, gap)
    entries.append(made)
    entry = nil
  }

  /// Notes what an entry does not say, or not well enough.
  private mutating func noteGaps(
    of ended: CamtEntryDraft, _ made: StatementEntry, _ gap: CamtBatchDraft.Gap?
  ) {
    if ended.isCredit == nil, made.amountMinor != 0 { note(.noDirection, ended) }
    switch ended.status {
    case .stated: break
    case .missing: note(.noStatus, ended)
    case .other:
      note(.otherStatus, ended)
      otherStatusSum += Int128(made.amountMinor)
    }
    switch gap {
    case nil: break
    case .amountMissing: note(.noAmount, ended)
    case .sumDiffers: note(.differentSum, ended)
    }
  }

  private mutating func note(_ reason: CamtNotes.Reason, _ ended: CamtEntryDraft) {
    notes.add(reason, entry: ended.number, line: ended.line)
  }

  /// Everything that counts must be in one currency.
  private mutating func adopt(_ found: CurrencyCode) throws(CamtFlaw) {
    if let currency, currency != found {
      throw CamtFlaw("is in \(found), though its \(message.noun) is in \(currency)")
    }
    currency = found
  }
}

extension CamtStatementDraft {
  /// Whether it reports a part of a day: banks send such reports every hour, and the day's statement later.
  ///
  /// - Parameter group: what its message says of itself.
  func isPartOfDay(_ group: CamtHeader) -> Bool {
    guard message == .report else { return false }
    let page = header.page ?? group.page
    guard let closing = balances.ends(of: page).closing else { return true }
    return closing.isIntermediate && page?.isLast != false
  }

  /// The statement, when all of it is there.
  ///
  /// - Parameter group: what its message says of itself.
  func statement(file: String, group: CamtHeader) throws(CamtFlaw) -> BankStatement {
    let account = try account()
    let page = header.page ?? group.page
    let ends = balances.ends(of: page)
    guard let closing = ends.closing else { throw CamtFlaw("has no closing balance (CLBD)") }
    let currency = try checkedCurrency()
    let isProved = isProved(ends.opening, closing)
    var dated = entries
    for index in undated { dated[index] = entries[index].booked(on: closing.date) }
    try checkAssumptions(isProved: isProved)
    return BankStatement(
      account: account, currency: currency, identifier: header.identifier,
      sequence: header.sequence, page: isPage(isProved, ends) ? page : nil,
      createdAt: header.createdAt ?? group.createdAt,
      opening: ends.opening, closing: closing, entries: dated, file: file, number: number)
  }

  /// The notification, when all of it is there.
  func notification(file: String) throws(CamtFlaw) -> BankNotification? {
    let account = try account()
    // Without entries, it says nothing.
    guard !entries.isEmpty else { return nil }
    try checkAssumptions(isProved: false)
    return BankNotification(
      account: account, currency: try checkedCurrency(), entries: entries, file: file,
      number: number)
  }

  private func account() throws(CamtFlaw) -> String {
    guard let account = header.account else { throw CamtFlaw("names no account (Acct/Id)") }
    return account
  }

  private func checkedCurrency() throws(CamtFlaw) -> CurrencyCode {
    guard let currency else { throw CamtFlaw("has no currency") }
    if let named = header.accountCurrency, named != currency.description {
      throw CamtFlaw("is for an account in \(named.prefix(20)), but its amounts are in \(currency)")
    }
    return currency
  }

  /// Whether what is stated as a page is one. A statement that is complete by itself is none, though its
  /// message may be one, or the bank writes the statement's number for the page's.
  private func isPage(
    _ isProved: Bool, _ ends: (opening: StatementBalance?, closing: StatementBalance?)
  ) -> Bool {
    guard isProved, ends.opening?.isIntermediate == false, ends.closing?.isIntermediate == false
    else { return true }
    return header.page.map { $0.number == 1 || $0.isLast != true } ?? false
  }

  /// Whether the booked entries lead from the opening balance to the closing one.
  private func isProved(_ opening: StatementBalance?, _ closing: StatementBalance) -> Bool {
    guard let opening else { return false }
    var sum = Int128(opening.amountMinor)
    for entry in entries where entry.status == .booked { sum += Int128(entry.amountMinor) }
    return sum == Int128(closing.amountMinor)
  }

  /// Checks what was taken for granted: that the entries lead from balance to balance with it, and where
  /// a status is the bank's own, that they do not without.
  private func checkAssumptions(isProved: Bool) throws(CamtFlaw) {
    let assumed: [(CamtNotes.Reason, String)] = [
      (.noStatus, "has no status (Sts)"),
      (.otherStatus, "has a status (Sts) that is not BOOK, PDNG, INFO or FUTR"),
      (.noDirection, "has no direction (CdtDbtInd)"),
    ]
    guard let (reason, message) = assumed.first(where: { notes.first($0.0) != nil }),
      let first = notes.first(reason)
    else { return }
    if isProved, notes.first(.otherStatus) == nil || otherStatusSum != 0 { return }
    throw CamtFlaw(
      "\(message), and the balances do not prove what it is", entry: first.number,
      line: first.line)
  }
}

extension StatementEntry {
  /// The entry on another date.
  fileprivate func booked(on date: BusinessDate) -> StatementEntry {
    StatementEntry(
      number: number, amountMinor: amountMinor, bookingDate: date, valueDate: valueDate,
      references: references, transactions: transactions, text: text, status: status,
      isReversal: isReversal)
  }
}
