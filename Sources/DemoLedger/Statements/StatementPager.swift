public import LedgerDomain

extension BankStatement {
  /// The statement in pages, with intermediate balances between them; itself if one page holds it.
  ///
  /// - Parameter entriesMax: how many entries a page has at most; at least 1.
  public func pages(entriesMax: Int) -> [BankStatement] {
    guard entries.count > entriesMax else { return [self] }
    var pages: [BankStatement] = []
    var balance = opening
    for start in stride(from: 0, to: entries.count, by: entriesMax) {
      let end = min(start + entriesMax, entries.count)
      let sum = entries[start..<end].reduce(balance?.amountMinor ?? 0) { $0 + $1.amountMinor }
      let isLast = end == entries.count
      let interim = StatementBalance(
        amountMinor: sum, date: closing.date, isIntermediate: true)
      pages.append(
        BankStatement(
          account: account, currency: currency, identifier: identifier, sequence: sequence,
          page: StatementPage(number: pages.count + 1, isLast: isLast), createdAt: createdAt,
          opening: balance, closing: isLast ? closing : interim,
          entries: entries[start..<end].enumerated().map { $1.numbered($0 + 1) }, file: file,
          number: number + pages.count))
      balance = interim
    }
    return pages
  }
}

extension StatementEntry {
  /// The entry with another number.
  public func numbered(_ number: Int) -> StatementEntry {
    StatementEntry(
      number: number, amountMinor: amountMinor, bookingDate: bookingDate, valueDate: valueDate,
      references: references, transactions: transactions, text: text, status: status,
      isReversal: isReversal)
  }

  /// The entry without its transactions, as a statement has it whose bank gives them in a notification.
  public var withoutTransactions: StatementEntry {
    StatementEntry(
      number: number, amountMinor: amountMinor, bookingDate: bookingDate, valueDate: valueDate,
      references: references, text: text, status: status, isReversal: isReversal)
  }
}
