import LedgerDomain

/// The bank accounts: balances, difference, and outstanding items by age and missing side.
enum BankSection {
  /// The most outstanding items of an account on the page; the oldest are listed.
  static let itemsMax = 2_000

  enum AccountField: String {
    case status, number, reference, account, currency, ledger, opening, closing, difference
    case unexplained
    case statusWords = "status_words"
    case accountName = "account_name"
    case ledgerMinor = "ledger_minor"
    case openingMinor = "opening_minor"
    case closingMinor = "closing_minor"
    case differenceMinor = "difference_minor"
    case unexplainedMinor = "unexplained_minor"
  }
  enum ItemField: String {
    case age, side, missing, date, amount, references, identity, ambiguous
    case amountMinor = "amount_minor"
  }
  enum ReferenceField: String { case reference }

  private static let account = RowTemplate<AccountField>("bank_account")
  private static let itemsBegin = RowTemplate<ReferenceField>("bank_items_begin")
  private static let item = RowTemplate<ItemField>("bank_item")
  private static let tableEnd = TemplateBlock("table_end")
  private static let accountEnd = TemplateBlock("bank_account_end")
  private static let note = RowTemplate<RestatementsSection.NoteField>("note")

  static func write(
    _ record: CloseRecord, to html: inout HTMLWriter, _ output: inout ReportOutput
  ) throws(ReportError) {
    let date = record.header.businessDate
    for (index, account) in record.bankAccounts.enumerated() {
      let bank = account.version.reconciliation
      writeHead(bank, number: index + 1, record, to: &html)
      for sentence in sentences(account) { html.fill(note) { _, html in html.text(sentence) } }
      if bank.outstanding.isEmpty {
        html.fill(note) { _, html in
          html.text(
            bank.statement == nil && bank.settledOn == nil
              ? "Nothing was compared: the statement has not come yet."
              : "There are no outstanding items.")
        }
      } else {
        OutstandingAges.write(bank, on: date, to: &html)
        try writeItems(bank, on: date, to: &html, &output)
      }
      html.block(accountEnd)
    }
  }

  /// How the date became what it is, what was matched, and what people settled.
  private static func sentences(_ account: BankAccountRecord) -> [String] {
    let bank = account.version.reconciliation
    var sentences: [String] = []
    let history = BankWording.history(account)
    if !history.isEmpty { sentences.append("Version \(account.version.number): \(history).") }
    if let date = bank.settledOn { sentences.append("The statement of \(date) covers this date.") }
    let matches = BankWording.matches(bank)
    if !matches.isEmpty {
      sentences.append("Matched on this date: \(matches). The items are in bank-items.csv.")
    }
    if bank.writtenOffMinor != 0 {
      let amount = AmountText.decimal(
        bank.writtenOffMinor, digits: bank.account.currency.minorUnitDigits ?? 0)
      sentences.append("Written off since the first close: \(amount) \(bank.account.currency).")
    }
    return sentences + BankWording.settlements(account)
  }

  private static func words(_ status: BankStatus) -> String {
    status == .pending ? "no statement yet" : status.rawValue
  }

  private static func writeHead(
    _ bank: BankReconciliation, number: Int, _ record: CloseRecord, to html: inout HTMLWriter
  ) {
    let digits = bank.account.currency.minorUnitDigits
    // Without a statement there is no difference, not one of zero.
    let isCompared = bank.status != .pending
    let difference = isCompared ? bank.differenceMinor : nil
    let unexplained = isCompared ? bank.unexplainedMinor : nil
    html.fill(account) { field, html in
      switch field {
      case .status: html.text(bank.status.rawValue)
      case .statusWords: html.text(words(bank.status))
      case .number: html.number(number)
      case .reference: html.text(bank.account.reference)
      case .account: html.text(bank.account.account.description)
      case .accountName: html.text(record.chart[bank.account.account]?.name)
      case .currency: html.text(bank.account.currency.description)
      case .ledger: html.amount(bank.ledgerClosingMinor, digits: digits)
      case .ledgerMinor: html.number(bank.ledgerClosingMinor)
      case .opening: html.amount(bank.statement?.openingMinor, digits: digits)
      case .openingMinor: html.number(bank.statement?.openingMinor)
      case .closing: html.amount(bank.statement?.closingMinor, digits: digits)
      case .closingMinor: html.number(bank.statement?.closingMinor)
      case .difference: html.signed(difference, digits: digits)
      case .differenceMinor: html.number(difference)
      case .unexplained: html.signed(unexplained, digits: digits)
      case .unexplainedMinor: html.number(unexplained)
      }
    }
  }

  private static func writeItems(
    _ bank: BankReconciliation, on date: BusinessDate, to html: inout HTMLWriter,
    _ output: inout ReportOutput
  ) throws(ReportError) {
    html.fill(itemsBegin) { _, html in html.text(bank.account.reference) }
    // Oldest first; items of the same age keep their order.
    let sorted = bank.outstanding.enumerated().sorted {
      ($0.element.since, $0.offset) < ($1.element.since, $1.offset)
    }
    for (_, outstanding) in sorted.prefix(itemsMax) {
      write(outstanding, of: bank.account, on: date, to: &html)
      try html.flush(to: &output)
    }
    html.block(tableEnd)
    if sorted.count > itemsMax {
      html.fill(note) { _, html in
        html.text(
          "The oldest \(itemsMax) of \(Wording.count(sorted.count, "item", "items")) are listed; "
            + "the table by age includes them all.")
      }
    }
  }

  private static func write(
    _ outstanding: OutstandingItem, of account: BankAccount, on date: BusinessDate,
    to html: inout HTMLWriter
  ) {
    let item = outstanding.item
    let references = item.references.map(\.value)
    html.fill(Self.item) { field, html in
      switch field {
      case .age: html.count(outstanding.ageDays(on: date))
      case .side: html.text(item.side.rawValue)
      case .missing: html.text(item.side == .ledger ? "at the bank" : "in the ledger")
      case .date: html.text(item.date.description)
      case .amount: html.signed(item.amountMinor, digits: account.currency.minorUnitDigits)
      case .amountMinor: html.number(item.amountMinor)
      case .references: html.text(references.joined(separator: ", "))
      case .identity: html.text(item.identity)
      case .ambiguous:
        if let group = outstanding.ambiguousGroup { html.text(" ambiguous, group \(group)") }
      }
    }
  }
}
