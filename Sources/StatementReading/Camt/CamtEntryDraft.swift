import LedgerDomain

/// An entry of camt.053 while its elements arrive.
struct CamtEntryDraft {
  private let number: Int
  private(set) var fields: CamtFields
  private var transactions: [CamtFields] = []

  init(number: Int, statement: Int) {
    self.number = number
    fields = CamtFields(place: "entry \(number) of statement \(statement)")
  }

  mutating func beginTransaction() {
    transactions.append(
      CamtFields(place: "transaction \(transactions.count + 1) of \(fields.place)"))
  }

  mutating func set(
    _ element: CamtElement, _ text: String, currency: String?
  ) throws(StatementFault) {
    switch element {
    case .transactionServicerReference, .endToEndReference, .transactionAmount,
      .transactionDirection, .transactionDetailAmount:
      guard !transactions.isEmpty else { return }
      try transactions[transactions.count - 1].set(element, text, currency: currency)
    default: try fields.set(element, text, currency: currency)
    }
  }

  func currency() throws(StatementFault) -> CurrencyCode { try fields.currency(of: .entryAmount) }

  /// The entry, with its transactions if there are several and they add up to it.
  ///
  /// - Parameter fallbackDate: when it was booked, if it says no date: the closing balance's.
  func entry(fallbackDate: BusinessDate?) throws(StatementFault) -> StatementEntry {
    let amount = try fields.amount(of: .entryAmount, .entryDirection)
    let parts = try transactionAmounts(ofEntry: amount) ?? []
    let valueDate = try fields.date(.valueDate, or: .valueInstant)
    guard
      let bookingDate = try fields.date(.bookingDate, or: .bookingInstant) ?? valueDate
        ?? fallbackDate
    else { throw fields.fault("has neither a booking nor a value date") }
    var references = Self.references(of: fields)
    if transactions.count == 1 { references = Self.references(of: transactions[0]) + references }
    return StatementEntry(
      number: number, amountMinor: amount, bookingDate: bookingDate, valueDate: valueDate,
      references: references,
      transactions: parts.enumerated().map { index, amount in
        StatementTransaction(
          number: index + 1, amountMinor: amount,
          references: Self.references(of: transactions[index]))
      }, status: try status(), isReversal: try isReversal())
  }

  private static func references(of fields: CamtFields) -> [BankReference] {
    [
      (BankReference.Kind.accountServicer, CamtElement.servicerReference),
      (.accountServicer, .transactionServicerReference), (.endToEnd, .endToEndReference),
    ].compactMap { kind, element in fields.reference(element).map { BankReference(kind, $0) } }
  }

  /// The amounts of several transactions, if each has one in the entry's currency and they add up.
  private func transactionAmounts(
    ofEntry amount: AmountMinor
  ) throws(StatementFault) -> [AmountMinor]? {
    guard transactions.count > 1 else { return nil }
    let entryIsCredit = try fields.isCredit(.entryDirection) ?? (amount >= 0)
    let entryCurrency = try currency()
    var amounts: [AmountMinor] = []
    var sum: Int128 = 0
    for transaction in transactions {
      let element =
        transaction[.transactionAmount] != nil
        ? CamtElement.transactionAmount : .transactionDetailAmount
      guard transaction[element] != nil, try transaction.currency(of: element) == entryCurrency
      else { return nil }
      let magnitude = try transaction.magnitude(of: element)
      let isCredit = try transaction.isCredit(.transactionDirection) ?? entryIsCredit
      amounts.append(isCredit ? magnitude : -magnitude)
      sum += Int128(isCredit ? magnitude : -magnitude)
    }
    return sum == Int128(amount) ? amounts : nil
  }

  private func status() throws(StatementFault) -> StatementEntryStatus {
    if let named = fields[.statusProprietary] {
      throw fields.fault("has the bank-specific status '\(named.prefix(40))'")
    }
    guard let code = fields[.statusCode] ?? fields[.status] else {
      throw fields.fault("has no status (Sts)")
    }
    guard let status = StatementEntryStatus(rawValue: code) else {
      throw fields.fault(
        "has the status '\(code.prefix(40))', which is not BOOK, PDNG, INFO or FUTR")
    }
    return status
  }

  private func isReversal() throws(StatementFault) -> Bool {
    switch fields[.reversal] {
    case nil, "false", "0": return false
    case "true", "1": return true
    case let text?:
      throw fields.fault("has RvslInd '\(text.prefix(20))', which is neither true nor false")
    }
  }
}
