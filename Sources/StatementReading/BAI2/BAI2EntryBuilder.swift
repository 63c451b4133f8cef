import LedgerDomain

/// Makes entries of transactions, and decides by the balances what the records leave open.
///
/// Amounts of transactions are unsigned in the standard; the type code has the direction. Some banks
/// write debits with a minus sign, and others a debit that they take back. Some write the totals of a
/// day (100, 400) as transactions. Only the balances can tell, so without proof nothing is assumed.
struct BAI2EntryBuilder {
  let account: BAI2Account
  let transactions: [BAI2Transaction]
  let opening: AmountMinor?
  let closing: AmountMinor
  let date: BusinessDate
  private(set) var notes: [StatementNote] = []

  /// How what is open is read.
  private struct Reading {
    var negativeDebitIsCredit = true
    var totalIsEntry = true
  }

  init(
    account: BAI2Account, transactions: [BAI2Transaction], opening: AmountMinor?,
    closing: AmountMinor, date: BusinessDate
  ) {
    self.account = account
    self.transactions = transactions
    self.opening = opening
    self.closing = closing
    self.date = date
  }

  /// The entries, credits positive.
  mutating func entries() throws(StatementFault) -> [StatementEntry] {
    let reading = try reading()
    var entries: [StatementEntry] = []
    for (index, transaction) in transactions.enumerated() {
      if let note = transaction.note { notes.add(note) }
      let isEntry = transaction.code.meaning != .status
      if isEntry, !transaction.code.isTotal || reading.totalIsEntry {
        entries.append(entry(transaction, number: entries.count + 1, reading))
      } else if isEntry == false {
        notes.add(
          StatementNote(
            "Transaction \(index + 1) has the code \(transaction.code) of a balance; it is no entry.",
            line: transaction.line))
      }
    }
    compareTotals(entries)
    return entries
  }

  /// The reading of what is open that the balances prove.
  private mutating func reading() throws(StatementFault) -> Reading {
    if let unassigned = transactions.first(where: { $0.code.meaning == .unassigned }) {
      throw StatementFault(
        "has the type code \(unassigned.code) in a transaction of account "
          + "\(account.account.prefix(40)), which BAI2 gives no direction. Ask the bank for a code "
          + "from 100 to 699.", line: unassigned.line)
    }
    let negative = transactions.first { $0.code.meaning == .debit && $0.amount < 0 }
    let total = transactions.first(where: \.code.isTotal)
    guard negative != nil || total != nil else { return Reading() }
    for negativeDebitIsCredit in negative == nil ? [true] : [true, false] {
      for totalIsEntry in total == nil ? [true] : [true, false] {
        let reading = Reading(
          negativeDebitIsCredit: negativeDebitIsCredit, totalIsEntry: totalIsEntry)
        guard proves(reading) else { continue }
        explain(reading, negative: negative, total: total)
        return reading
      }
    }
    let what =
      negative.map { "the debit \($0.code) with a minus sign" }
      ?? total.map { "the total \($0.code) as a transaction" } ?? ""
    throw StatementFault(
      "has \(what) for account \(account.account.prefix(40)), and no opening and closing ledger "
        + "balance (010, 015) that prove what it means. Ask the bank what it means by it.",
      line: negative?.line ?? total?.line)
  }

  private mutating func explain(
    _ reading: Reading, negative: BAI2Transaction?, total: BAI2Transaction?
  ) {
    if let negative {
      let meaning = reading.negativeDebitIsCredit ? "credits" : "debits all the same"
      notes.add(
        StatementNote(
          "Debits of account \(account.account.prefix(40)) with a minus sign are \(meaning), as the "
            + "balances prove.", line: negative.line))
    }
    if let total, !reading.totalIsEntry {
      notes.add(
        StatementNote(
          "The totals (100, 400) among the transactions of account \(account.account.prefix(40)) are "
            + "no entries, as the balances prove.", line: total.line))
    }
  }

  private func proves(_ reading: Reading) -> Bool {
    guard let opening else { return false }
    var sum = Int128(opening)
    for transaction in transactions where !transaction.code.isTotal || reading.totalIsEntry {
      sum += Int128(amount(transaction, reading))
    }
    return sum == Int128(closing)
  }

  /// The signed amount of a transaction; zero if it moves no money.
  private func amount(_ transaction: BAI2Transaction, _ reading: Reading) -> AmountMinor {
    switch transaction.code.meaning {
    case .credit: transaction.amount
    case .debit:
      transaction.amount < 0 && !reading.negativeDebitIsCredit
        ? transaction.amount : -transaction.amount
    case .status, .nonMonetary, .unassigned: 0
    }
  }

  private func entry(
    _ transaction: BAI2Transaction, number: Int, _ reading: Reading
  ) -> StatementEntry {
    StatementEntry(
      number: number, amountMinor: amount(transaction, reading), bookingDate: date,
      valueDate: transaction.valueDate, references: transaction.references, text: transaction.text,
      status: transaction.code.meaning == .nonMonetary ? .information : .booked,
      isReversal: transaction.code.isReversal)
  }

  /// Says where the bank's totals of the day are not the sums of its transactions.
  private mutating func compareTotals(_ entries: [StatementEntry]) {
    let digits = account.currency.minorUnitDigits ?? 0
    for code in [BAI2TypeCode.creditsNotDetailed, .debitsNotDetailed] {
      guard let amount = account.amounts[code], amount != 0 else { continue }
      notes.add(
        StatementNote(
          "The bank gives no details of \(AmountText.decimal(amount, digits: digits)) of account "
            + "\(account.account.prefix(40)) (\(code)); they are in no entry.", line: account.line))
    }
    for (code, isCredit) in [(BAI2TypeCode.totalCredits, true), (.totalDebits, false)] {
      guard let stated = account.amounts[code] else { continue }
      var sum: Int128 = 0
      for entry in entries where (entry.amountMinor > 0) == isCredit {
        sum += Int128(entry.amountMinor.magnitude)
      }
      guard Int128(stated.magnitude) != sum else { continue }
      notes.add(
        StatementNote(
          "The total \(isCredit ? "credits" : "debits") (\(code)) of account "
            + "\(account.account.prefix(40)) are \(AmountText.decimal(stated, digits: digits)), but its "
            + "transactions add up to \(AmountText.decimal(sum, digits: digits)).",
          line: account.line))
    }
  }
}
