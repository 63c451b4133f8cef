import LedgerDomain

/// The cells of one entry, read as the mapping says.
struct TableCells {
  let record: TableRecord
  let mapping: StatementCSVMapping
  let columns: TableColumns

  /// What the row adds to the account, in minor units, and how it is written.
  struct Amount {
    let amountMinor: AmountMinor
    /// Whether its column, or the flag beside it, says that it leaves the account.
    var isOfDebitColumn = false
    /// Whether it has a minus besides.
    var isWrittenNegative = false
  }

  func fault(_ message: String) -> StatementFault { StatementFault(message, line: record.line) }

  /// The date of the value date's column; `nil` if it is empty.
  func valueDate() throws(StatementFault) -> BusinessDate? {
    guard let position = columns.valueDate, !record.cells[position].isEmpty else { return nil }
    if let date = mapping.dateFormat.date(record.cells[position]) { return date }
    throw fault(
      "has '\(record.text(position).prefix(40))' in \(columns.name(position)), which is not a "
        + "date in the "
        + "form \(mapping.dateFormat). Compare csv_value_date and csv_date_format with it.")
  }

  /// What the row adds to the account.
  func amount(_ currency: CurrencyCode) throws(StatementFault) -> Amount {
    switch columns.amount {
    case .signed(let position):
      guard let (magnitude, sign) = try reading(position, "csv_amount", currency) else {
        throw fault("has no amount in \(columns.name(position)). Compare csv_amount with the row.")
      }
      let isMinus = (sign == .minus) != mapping.isPositiveDebit
      return Amount(amountMinor: isMinus ? -magnitude : magnitude)
    case .debitAndCredit(let debit, let credit):
      return try amount(debit: debit, credit: credit, currency)
    case .flagged(let position, let flag):
      return try amount(position, flag: flag, currency)
    }
  }

  private func amount(
    debit: Int, credit: Int, _ currency: CurrencyCode
  ) throws(StatementFault) -> Amount {
    let debited = try reading(debit, "csv_debit", currency)
    let credited = try reading(credit, "csv_credit", currency)
    let names = "\(columns.name(debit)) and \(columns.name(credit))"
    switch (debited?.magnitude ?? 0, credited?.magnitude ?? 0) {
    case (0, 0):
      guard debited != nil || credited != nil else { throw fault("has no amount in \(names).") }
      return Amount(amountMinor: 0)
    case (let magnitude, 0):
      if debited?.sign == .plus { throw contradiction(debit, "csv_debit") }
      return Amount(
        amountMinor: -magnitude, isOfDebitColumn: true, isWrittenNegative: debited?.sign == .minus)
    case (0, let magnitude):
      if credited?.sign == .minus { throw contradiction(credit, "csv_credit") }
      return Amount(amountMinor: magnitude)
    default:
      throw fault("has an amount in both \(names). Compare csv_debit and csv_credit with the row.")
    }
  }

  private func amount(
    _ position: Int, flag: Int, _ currency: CurrencyCode
  ) throws(StatementFault) -> Amount {
    guard let (magnitude, sign) = try reading(position, "csv_amount", currency) else {
      throw fault("has no amount in \(columns.name(position)). Compare csv_amount with the row.")
    }
    let text = record.text(flag)
    guard let flagSign = mapping.flagSign(text) else {
      if magnitude == 0 { return Amount(amountMinor: 0) }
      throw fault(
        "has '\(text.prefix(40))' in \(columns.name(flag)), which says neither debit nor credit. "
          + "Add it to "
          + "csv_flag_debit or csv_flag_credit.")
    }
    if let sign, sign != flagSign, magnitude != 0 {
      throw fault(
        "has '\(record.text(position).prefix(40))' in \(columns.name(position)) with "
          + "'\(text.prefix(40))' in "
          + "\(columns.name(flag)), which contradict each other. Check csv_flag_debit and "
          + "csv_flag_credit; if the signs are right, remove csv_flag.")
    }
    return Amount(
      amountMinor: flagSign == .minus ? -magnitude : magnitude, isOfDebitColumn: flagSign == .minus,
      isWrittenNegative: sign == .minus)
  }

  private func contradiction(_ position: Int, _ setting: String) -> StatementFault {
    fault(
      "has '\(record.text(position).prefix(40))' in \(columns.name(position)), whose sign "
        + "contradicts the "
        + "column. Check whether csv_debit and csv_credit are exchanged, or use csv_amount.")
  }

  /// The balance after the row; `nil` if it has none.
  func balance(_ currency: CurrencyCode) throws(StatementFault) -> AmountMinor? {
    guard let position = columns.balance,
      let (magnitude, sign) = try reading(position, "csv_balance", currency)
    else { return nil }
    return sign == .minus ? -magnitude : magnitude
  }

  /// The amount of a cell; `nil` if it is empty.
  private func reading(
    _ position: Int, _ setting: String, _ currency: CurrencyCode
  ) throws(StatementFault) -> (magnitude: AmountMinor, sign: AmountNotation.Sign?)? {
    let cell = record.cells[position]
    let text = "'\(record.text(position).prefix(40))' in \(columns.name(position))"
    switch AmountNotation(mapping, currency).reading(cell) {
    case .empty: return nil
    case .amount(let magnitude, let sign): return (magnitude, sign)
    case .notAnAmount:
      throw fault(
        "has \(text), which is not an amount of \(currency). \(remedy(cell, setting, currency))")
    case .tooPrecise:
      throw fault(
        "has \(text), which is not an amount of \(currency) in whole minor units. "
          + remedy(cell, setting, currency))
    case .tooLarge:
      throw fault(
        "has \(text), which is more than 2^63 − 1 minor units. Compare \(setting) with the row.")
    case .contradiction:
      throw fault("has \(text), whose sign contradicts its DR or CR. Ask the bank which is right.")
    case .otherCurrency(let other):
      throw fault(
        "has \(text), but the account is in \(currency), not in \(other). Set \(setting) to the "
          + "column in "
          + "the account's currency, or csv_currency to the column that names it.")
    }
  }

  /// Which setting would make a cell an amount.
  private func remedy(
    _ cell: ArraySlice<UInt8>, _ setting: String, _ currency: CurrencyCode
  ) -> String {
    for decimal in StatementCSVMapping.DecimalSeparator.allCases {
      for grouping in [nil, ",", "."] as [Character?] where grouping?.asciiValue != decimal.byte {
        var other = mapping
        other.decimalSeparator = decimal
        other.groupingSeparator = grouping
        guard case .amount = AmountNotation(other, currency).reading(cell) else { continue }
        let groups = grouping.map { " and csv_grouping: '\($0)'" } ?? ""
        return "Set csv_decimal: '\(decimal.rawValue)'\(groups), if amounts are written so."
      }
    }
    return "Compare \(setting), csv_decimal and csv_grouping with the row."
  }

  /// Whether the file ends in the amount or balance of the row, which lacks decimals.
  func mayAmountBeCutOff(_ currency: CurrencyCode) -> Bool {
    guard record.mayBeCutOff, let cell = record.cells.last else { return false }
    let last = record.cells.count - 1
    return (columns.amounts.contains(last) || columns.balance == last)
      && !AmountNotation(mapping, currency).isComplete(cell)
  }

  /// The references of the row, each once.
  func references() -> [BankReference] {
    var references: [BankReference] = []
    for (column, position) in zip(mapping.references, columns.references) {
      var cell = record.cells[position]
      // An apostrophe keeps spreadsheets from taking a number for an amount.
      if cell.first == UInt8(ascii: "'") { cell = cell.dropFirst().trimmedText }
      if cell.isEmpty { continue }
      let text = cell.collapsedText
      if Self.placeholders.contains(text.uppercased()) { continue }
      if column.kind == .cheque, cell.allSatisfy({ $0 == 0x30 || $0 == 0x2D }) { continue }
      let reference = BankReference(column.kind, text)
      if !references.contains(where: { $0.comparable == reference.comparable }) {
        references.append(reference)
      }
    }
    return references
  }

  /// What ISO 20022 and SWIFT write where there is no reference.
  private static let placeholders: Set<String> = ["NOTPROVIDED", "NONREF", "-", "N/A"]

  /// The payment's text in one line; `nil` if there is none.
  func text() -> String? {
    let texts = columns.text.map { record.cells[$0] }.filter { !$0.isEmpty }.map(\.collapsedText)
    return texts.isEmpty ? nil : texts.joined(separator: " ")
  }
}
