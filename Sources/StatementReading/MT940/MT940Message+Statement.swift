import LedgerDomain

extension MT940Message {
  /// The statement that its fields make.
  ///
  /// - Throws: the first fault of a field, or what is missing.
  mutating func statement(file: String, number: Int) throws(StatementFault) -> BankStatement {
    finishEntry()
    if let fault { throw fault }
    guard let closing else {
      throw StatementFault(
        "has no closing balance (:62F:) for the message that begins here. The file may be truncated: "
          + "ask the bank to deliver it again.", line: line)
    }
    guard let account = account.flatMap({ MT940Account.name($0, currency: closing.currency) })
    else {
      throw malformed("has no account (:25:) in the message that begins here.", line)
    }
    let (sequence, page) = numbers(closing: closing.balance)
    let opening = openingBalance(closing: closing.balance)
    try prove(opening: opening, closing: closing.balance)
    dateEntries(from: opening?.date, through: closing.balance.date)
    return BankStatement(
      account: account, currency: closing.currency,
      identifier: identifier.flatMap { SingleLineText.of(CollectionOfOne($0)) },
      sequence: sequence, page: page, createdAt: createdAt, opening: opening,
      closing: closing.balance, entries: entries, file: file, number: number)
  }

  /// Statement and page of `:28C:`: `143/2`. A number of zeros is none.
  private func numbers(closing: StatementBalance) -> (sequence: Int?, page: StatementPage?) {
    guard let number else { return (nil, nil) }
    let parts = number.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let sequence = parts.first.flatMap { MT940Bytes.number(MT940Bytes.trimmed($0)) }
    // `036/2009/BPL`: a bank that adds a third part gives the year in the second.
    let page = parts.count == 2 ? MT940Bytes.number(MT940Bytes.trimmed(parts[1])) : nil
    return (
      sequence == 0 ? nil : sequence,
      page == 0 ? nil : page.map { StatementPage(number: $0, isLast: !closing.isIntermediate) }
    )
  }

  private mutating func openingBalance(closing: StatementBalance) -> StatementBalance? {
    guard let opening else { return nil }
    if opening.hasDate { return opening.balance }
    note("has an opening balance without a date; the closing balance's counts", line)
    return StatementBalance(
      amountMinor: opening.balance.amountMinor, date: closing.date,
      isIntermediate: opening.balance.isIntermediate)
  }

  /// Accepts what is doubtful only where the entries lead from the opening to the closing balance.
  private mutating func prove(
    opening: StatementBalance?, closing: StatementBalance
  ) throws(StatementFault) {
    guard let doubt = doubts.first else { return }
    let booked = entries.filter { $0.status == .booked }
    let sum = booked.reduce(Int128(opening?.amountMinor ?? 0)) { $0 + Int128($1.amountMinor) }
    guard opening != nil, sum == Int128(closing.amountMinor) else {
      throw StatementFault(
        "\(doubt.what), and the balances do not prove that it is right. "
          + "Ask the bank to deliver the statement again.", line: doubt.line)
    }
    for doubt in doubts { note("\(doubt.what); the balances prove it", doubt.line) }
  }

  /// Puts the entries' booking dates into the time that the balances span.
  ///
  /// An entry date has no year: of the years around the value date's, the one that fits counts. An entry
  /// without a date was booked on its value date, or by the closing date if that is later or too early.
  mutating func dateEntries(from start: BusinessDate?, through end: BusinessDate) {
    let start = min(start ?? end.advanced(by: -366), end)
    let withoutDate = Set(withoutEntryDate)
    for (index, entry) in entries.enumerated() where !(start...end).contains(entry.bookingDate) {
      let date =
        withoutDate.contains(index)
        ? end : MT940Date.moved(entry.bookingDate, into: start...end)
      guard date != entry.bookingDate else { continue }
      entries[index] = StatementEntry(
        number: entry.number, amountMinor: entry.amountMinor, bookingDate: date,
        valueDate: entry.valueDate, references: entry.references, transactions: entry.transactions,
        text: entry.text, status: entry.status, isReversal: entry.isReversal)
    }
  }
}
