import LedgerDomain

/// A statement (STMTRS, CCSTMTRS) while its elements arrive.
struct OFXStatementDraft {
  /// Which of the file's statements it is, from 1.
  let number: Int
  /// Where it begins in the document.
  let offset: Int
  /// What the server says of it.
  var status = OFXStatus()
  private var fields: [OFXTag: String] = [:]
  private var hasAvailableBalance = false
  private var pendingCount = 0
  private var transaction: OFXTransaction?
  private var transactions: [OFXTransaction] = []
  private var repeated: OFXTag?
  private(set) var notes: [StatementNote] = []

  init(number: Int, offset: Int) {
    self.number = number
    self.offset = offset
  }

  mutating func begin(_ container: OFXTag, at offset: Int) {
    switch container {
    case .transaction:
      transaction = OFXTransaction(number: transactions.count + 1, offset: offset)
    case .pendingTransaction: pendingCount += 1
    case .availableBalance: hasAvailableBalance = true
    default: break
    }
  }

  mutating func end(_ container: OFXTag) {
    guard container == .transaction, let ended = transaction else { return }
    transactions.append(ended)
    transaction = nil
  }

  /// Takes a field that stands in a container of the statement.
  mutating func set(_ field: OFXTag, _ text: String, in container: OFXTag) {
    if transaction != nil {
      transaction?.set(field, text, in: container)
      return
    }
    switch (container, field) {
    case (.bankStatement, .currencyDefault), (.cardStatement, .currencyDefault),
      (.bankAccount, .accountNumber), (.cardAccount, .accountNumber),
      (.ledgerBalance, .balanceAmount), (.ledgerBalance, .asOf), (.transactions, .endDate):
      if let earlier = fields[field], earlier != text { repeated = repeated ?? field }
      fields[field] = fields[field] ?? text
    default: break
    }
  }

  /// The statement, when all of it is there.
  ///
  /// - Parameter line: the line of a position in the document.
  mutating func statement(
    createdAt: StatementTime?, file: String, line: (Int) -> Int
  ) throws(StatementFault) -> BankStatement {
    do throws(StatementFault) {
      return try build(createdAt: createdAt, file: file, line: line)
    } catch {
      var fault = error
      fault.statement = number
      fault.line = fault.line ?? line(offset)
      throw fault
    }
  }

  private mutating func build(
    createdAt: StatementTime?, file: String, line: (Int) -> Int
  ) throws(StatementFault) -> BankStatement {
    if let error = status.error {
      throw fault("has \(error) instead of statement \(number)")
    }
    guard let account = fields[.accountNumber] else {
      throw fault("names no account (ACCTID) in statement \(number)")
    }
    if let repeated {
      throw fault("has \(repeated.rawValue) twice with two values in statement \(number)")
    }
    let currency = try currency()
    let closing = try closing(in: currency)
    let entries = try entries(in: currency, line: line)
    explain(entries, closing: closing, line: line)
    return BankStatement(
      account: account, currency: currency, identifier: nil, createdAt: createdAt, opening: nil,
      closing: closing, entries: entries, file: file, number: number)
  }

  private func fault(_ message: String) -> StatementFault {
    StatementFault("\(message). Ask the bank to deliver it again.")
  }

  private func currency() throws(StatementFault) -> CurrencyCode {
    guard let named = fields[.currencyDefault] else {
      throw fault("names no currency (CURDEF) in statement \(number)")
    }
    guard let currency = CurrencyCode(named.uppercased()), currency.minorUnitDigits != nil else {
      throw fault(
        "has the currency '\(named.prefix(20))' in statement \(number), which is not in ISO 4217")
    }
    return currency
  }

  private func closing(in currency: CurrencyCode) throws(StatementFault) -> StatementBalance {
    guard let written = fields[.balanceAmount] else {
      let instead = hasAvailableBalance ? ", only an available one (AVAILBAL)" : ""
      throw fault("has no ledger balance (LEDGERBAL) in statement \(number)\(instead)")
    }
    guard let amount = OFXValue.amount(written, minorDigits: currency.minorUnitDigits ?? 0) else {
      throw fault(
        "has the BALAMT '\(written.prefix(40))' in statement \(number), which is not one amount of "
          + "\(currency) in whole minor units")
    }
    guard let asOf = fields[.asOf] else {
      throw fault("has no date of the ledger balance (DTASOF) in statement \(number)")
    }
    guard let date = OFXValue.date(asOf) else {
      throw fault(
        "has the DTASOF '\(asOf.prefix(40))' in statement \(number), which is not a date")
    }
    return StatementBalance(amountMinor: amount, date: date)
  }

  private func entries(
    in currency: CurrencyCode, line: (Int) -> Int
  ) throws(StatementFault) -> [StatementEntry] {
    var entries: [StatementEntry] = []
    entries.reserveCapacity(transactions.count)
    for transaction in transactions {
      do throws(StatementFault) {
        entries.append(try transaction.entry(in: currency))
      } catch {
        var fault = error
        fault.line = line(transaction.offset)
        throw fault
      }
    }
    return entries
  }

  /// Says what was taken for granted, once for each kind.
  private mutating func explain(
    _ entries: [StatementEntry], closing: StatementBalance, line: (Int) -> Int
  ) {
    let place = line(offset)
    func note(_ message: String, at offset: Int? = nil) -> StatementNote {
      StatementNote(message, line: offset.map(line) ?? place)
    }
    if let end = fields[.endDate].flatMap(OFXValue.date), end < closing.date {
      notes.add(
        note(
          "Statement \(number) lists transactions up to \(end) (DTEND), but its ledger balance is of "
            + "\(closing.date) (DTASOF), which counts."))
    }
    if let late = entries.first(where: { $0.bookingDate > closing.date }) {
      notes.add(
        note(
          "Transaction \(late.number) of statement \(number) is of \(late.bookingDate), after the "
            + "ledger balance of \(closing.date).", at: transactions[late.number - 1].offset))
    }
    let unsigned = zip(transactions, entries).filter { $0.isDebitWithoutSign($1.amountMinor) }
    if let first = unsigned.first?.0 {
      notes.add(
        note(
          "Statement \(number) has \(unsigned.count.counted("debit")) (TRNTYPE) whose amounts have no minus "
            + "sign; they count as credits, as the amounts say.",
          at: first.offset))
    }
    if let corrected = transactions.first(where: { $0[.correctedReference] != nil }) {
      notes.add(
        note(
          "Transaction \(corrected.number) of statement \(number) corrects "
            + "\(corrected[.correctedReference]?.prefix(40) ?? "") "
            + "(\(corrected[.correction]?.prefix(20) ?? "no action")); it counts as it is.",
          at: corrected.offset))
    }
    if pendingCount > 0 {
      notes.add(
        note(
          "Statement \(number) lists \(pendingCount.counted("pending transaction")), which is left "
            + "out of its entries."))
    }
  }
}
