import LedgerDomain

/// A transaction (STMTTRN) while its fields arrive.
struct OFXTransaction {
  /// Which of the statement's transactions it is, from 1.
  let number: Int
  /// Where it begins in the document.
  let offset: Int
  private var fields: [OFXTag: String] = [:]
  private var payee: String?
  /// The currency of the amount, if it is not the account's.
  private(set) var currency: String?
  /// The first field that is there twice with two values.
  private(set) var repeated: OFXTag?

  init(number: Int, offset: Int) {
    self.number = number
    self.offset = offset
  }

  subscript(field: OFXTag) -> String? { fields[field] }

  private var type: String { self[.type]?.uppercased() ?? "" }

  /// Takes a field that stands in the transaction, or in one of its parts.
  mutating func set(_ field: OFXTag, _ text: String, in container: OFXTag) {
    switch (container, field) {
    case (.transaction, _):
      guard let earlier = fields[field] else {
        fields[field] = text
        return
      }
      let counts = [OFXTag.amount, .postedDate, .bankReference].contains(field)
      if counts, earlier != text { repeated = repeated ?? field }
    case (.payee, .name): payee = payee ?? text
    case (.currency, .currencySymbol): currency = currency ?? text
    default: break
    }
  }

  /// Whether the type says that money left the account, and the amount says that it came.
  func isDebitWithoutSign(_ amount: AmountMinor) -> Bool {
    amount > 0 && (type == "DEBIT" || type == "CHECK")
  }

  /// The entry, credits positive.
  func entry(in currency: CurrencyCode) throws(StatementFault) -> StatementEntry {
    if let repeated { throw fault("has \(repeated.rawValue) twice with two values") }
    if let own = self.currency, own.uppercased() != currency.description {
      throw fault(
        "is in \(own.prefix(20)) (CURRENCY), though the account is in \(currency), and rates are not "
          + "applied")
    }
    guard let posted = self[.postedDate] else { throw fault("has no DTPOSTED") }
    guard let bookingDate = OFXValue.date(posted) else {
      throw fault("has the DTPOSTED '\(posted.prefix(40))', which is not a date")
    }
    guard let written = self[.amount] else { throw fault("has no TRNAMT") }
    guard let amount = OFXValue.amount(written, minorDigits: currency.minorUnitDigits ?? 0) else {
      throw fault(
        "has the TRNAMT '\(written.prefix(40))', which is not one amount of \(currency) in whole "
          + "minor units")
    }
    return StatementEntry(
      number: number, amountMinor: amount, bookingDate: bookingDate,
      valueDate: self[.availableDate].flatMap(OFXValue.date), references: references(),
      text: text(), status: type == "HOLD" ? .pending : .booked)
  }

  private func references() -> [BankReference] {
    [
      (BankReference.Kind.accountServicer, OFXTag.bankReference), (.cheque, .chequeNumber),
      // It "uniquely identifies the transaction" (section 11.4.4.1), so that a reversal with it is one.
      (.transaction, .referenceNumber),
    ].compactMap { kind, field in
      // Banks fill a number that is missing with zeros.
      self[field].flatMap { text in
        text.utf8.contains { $0 != 0x30 } ? BankReference(kind, text) : nil
      }
    }
  }

  /// Name and memo in one line; the memo alone if it begins with the name.
  private func text() -> String? {
    var parts: [String] = []
    for part in [self[.name] ?? payee, self[.extendedName], self[.memo]].compactMap({ $0 }) {
      if let last = parts.last, part.hasPrefix(last) { parts.removeLast() }
      if parts.last != part { parts.append(part) }
    }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  private func fault(_ message: String) -> StatementFault {
    StatementFault("has transaction \(number), which \(message). Ask the bank to deliver it again.")
  }
}
