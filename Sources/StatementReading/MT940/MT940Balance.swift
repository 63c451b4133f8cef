import LedgerDomain

/// A balance: `C260331EUR1234,50`.
struct MT940Balance {
  let balance: StatementBalance
  let currency: CurrencyCode
  /// What is unusual in how its amount is written.
  let doubt: String?
  /// Whether the bank gives no date: an account's first opening balance may have `000000`.
  let hasDate: Bool

  /// Reads a balance field.
  ///
  /// - Throws: a fault that names the field and its line.
  init(_ field: MT940Field) throws(StatementFault) {
    let value = field.value
    guard value.count >= 10, let mark = value.first,
      mark == UInt8(ascii: "C") || mark == UInt8(ascii: "D")
    else { throw Self.malformed(field, "which does not begin with C or D, a date and a currency") }
    let digits = value.dropFirst().prefix(6)
    let isOpening = field.tag == .opening || field.tag == .intermediateOpening
    hasDate = !(isOpening && digits.allSatisfy { $0 == 0x30 })
    let date = hasDate ? MT940Date.date(digits) : BusinessDate(dayNumber: 0)
    guard let date else { throw Self.malformed(field, "whose date is none") }
    let code = value.dropFirst(7).prefix(3)
    guard let currency = CurrencyCode(String(decoding: code, as: UTF8.self)),
      let minorDigits = currency.minorUnitDigits
    else { throw Self.malformed(field, "whose currency is not in ISO 4217") }
    let rest = value.dropFirst(10).drop { $0 == 0x20 }
    guard let (amount, end) = MT940Amount.beginning(rest, minorDigits: minorDigits),
      Self.isEnd(rest[end...])
    else { throw Self.malformed(field, "whose amount is not one of \(currency)") }
    guard field.isTerminated || amount.isComplete else {
      throw StatementFault(
        "ends in the middle of the field \(field.tag.written). Ask the bank for the whole file.",
        line: field.line)
    }
    self.currency = currency
    doubt = amount.doubt
    balance = StatementBalance(
      amountMinor: mark == UInt8(ascii: "C") ? amount.minor : -amount.minor, date: date,
      isIntermediate: field.tag == .intermediateOpening || field.tag == .intermediateClosing)
  }

  /// Whether nothing but the end of a message stands behind the amount.
  private static func isEnd(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.allSatisfy { $0 <= 0x20 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "}") }
  }

  private static func malformed(_ field: MT940Field, _ reason: String) -> StatementFault {
    StatementFault(
      "has the balance \(field.tag.written) \(MT940Bytes.quoted(field.lines[0])), \(reason). "
        + "Ask the bank to deliver the statement again.",
      line: field.line)
  }
}
