import LedgerDomain

/// A statement while the records of its account arrive.
struct BAI2AccountDraft {
  /// Which of the file's statements it is, from 1.
  let number: Int
  private let group: BAI2GroupHeader
  private let file: String
  private let line: Int
  private var account: BAI2Account?
  private var transactions: [BAI2Transaction] = []
  private var transactionTotal: Int128 = 0
  private var transactionCount = 0
  /// Physical records so far.
  private(set) var records: Int
  private(set) var notes: [StatementNote] = []
  /// The first thing that is wrong with it.
  private(set) var fault: StatementFault?

  init(
    _ record: BAI2Record, of bytes: [UInt8], in group: BAI2GroupHeader, file: String, number: Int
  ) {
    self.number = number
    self.group = group
    self.file = file
    line = record.line
    records = record.count
    if let message = group.fault() { fail(StatementFault(message, line: group.line)) }
    if let found = record.fault { fail(found) }
    do throws(StatementFault) {
      account = try BAI2Account(record, of: bytes, in: group)
    } catch {
      fail(error)
    }
  }

  mutating func fail(_ fault: StatementFault) {
    guard self.fault == nil else { return }
    self.fault = fault
    self.fault?.statement = number
  }

  mutating func add(_ record: BAI2Record, of bytes: [UInt8]) {
    records += record.count
    if let found = record.fault { fail(found) }
    transactionCount += 1
    do throws(StatementFault) {
      let transaction = try BAI2Transaction(record, of: bytes, number: transactionCount)
      transactionTotal += Int128(transaction.amount)
      transactions.append(transaction)
    } catch {
      fail(error)
    }
  }

  /// A record whose code BAI2 does not have.
  mutating func addUnknown(_ record: BAI2Record, _ fault: StatementFault) {
    records += record.count
    fail(fault)
  }

  /// Checks the account against its trailer.
  mutating func close(_ trailer: BAI2Trailer, records trailerRecords: Int) {
    records += trailerRecords
    if let found = trailer.fault { fail(found) }
    guard let account else { return }
    let name = account.account.prefix(40)
    if let difference = trailer.difference(
      total: account.total + transactionTotal, members: 0, records: records)
    {
      // Some banks leave the balances and totals of the account out of the control total.
      let other = trailer.difference(total: transactionTotal, members: 0, records: records)
      guard other == nil else {
        return fail(
          StatementFault(
            "\(difference) for account \(name). A part of it is missing or changed: ask the bank to "
              + "deliver it again.", line: trailer.line))
      }
      notes.add(
        StatementNote(
          "The control total (49) of account \(name) is that of its transactions alone.",
          line: trailer.line))
    }
    if trailer.isIncomplete {
      notes.add(
        StatementNote(
          "The trailer (49) of account \(name) leaves out its control total or number of records.",
          line: trailer.line))
    }
  }

  /// Ends the account where its trailer is missing.
  mutating func closeWithoutTrailer() {
    fail(
      StatementFault(
        "has no trailer (49) of the account that begins on this line. Ask the bank to deliver it "
          + "again.", line: line))
  }

  /// What to say of same-day interim data without a closing balance, which is no statement and no fault;
  /// `nil` if it is something else.
  var partOfDayNote: StatementNote? {
    guard fault == nil, group.isWithinDay, let account, account.amounts[.closingLedger] == nil
    else { return nil }
    return StatementNote(
      "Account \(account.account.prefix(40)) has no closing ledger balance (015): group \(group.number) "
        + "reports a part of a day (modifier 3). It does not count; the statement of the day does.",
      line: line)
  }

  /// The statement, when all of it is there.
  mutating func statement() throws(StatementFault) -> BankStatement {
    if let fault { throw fault }
    do throws(StatementFault) {
      return try build()
    } catch {
      fail(error)
      throw fault ?? error
    }
  }

  private mutating func build() throws(StatementFault) -> BankStatement {
    guard let account, let date = group.date else {
      throw StatementFault("names no account or date. Ask the bank to deliver it again.")
    }
    let opening = account.amounts[.openingLedger]
    let closing = try account.closing()
    var builder = BAI2EntryBuilder(
      account: account, transactions: transactions, opening: opening, closing: closing, date: date)
    let entries = try builder.entries()
    notes.add(contentsOf: builder.notes)
    return BankStatement(
      account: account.account, currency: account.currency, identifier: nil,
      createdAt: group.createdAt,
      opening: opening.map { StatementBalance(amountMinor: $0, date: date) },
      closing: StatementBalance(
        amountMinor: closing, date: date, isIntermediate: group.isWithinDay),
      entries: entries, file: file, number: number)
  }
}
