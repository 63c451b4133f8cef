import LedgerDomain

/// An account of a group (03), with its balances and totals.
///
/// Source: BAI, Cash Management Balance Reporting Specifications, Version 2, record 03.
struct BAI2Account {
  /// How the bank names it.
  let account: String
  /// Its currency: its own, else the group's, else USD.
  let currency: CurrencyCode
  /// Its line.
  let line: Int
  /// The amounts that have been read, by type code.
  private(set) var amounts: [BAI2TypeCode: AmountMinor] = [:]
  /// The sum of all of them, for the control total.
  private(set) var total: Int128 = 0

  init(_ record: BAI2Record, of bytes: [UInt8], in group: BAI2GroupHeader) throws(StatementFault) {
    var fields = BAI2Fields(record, of: bytes)
    line = record.line
    account = SingleLineText.of([fields.next() ?? []]) ?? ""
    guard !account.isEmpty else {
      throw StatementFault(
        "names no account (03). Ask the bank to deliver it again.", line: record.line)
    }
    let own = fields.text()
    let named = (own.isEmpty ? group.currency.isEmpty ? "USD" : group.currency : own).uppercased()
    guard let currency = CurrencyCode(named), currency.minorUnitDigits != nil else {
      throw StatementFault(
        "has account \(account.prefix(40)) in the currency '\(named.prefix(20))', which is not in "
          + "ISO 4217. Ask the bank to deliver it again.", line: record.line)
    }
    self.currency = currency
    try readAmounts(&fields)
  }

  /// Type code, amount, item count and funds type, as often as there are any.
  private mutating func readAmounts(_ fields: inout BAI2Fields) throws(StatementFault) {
    while let type = fields.next() {
      // Banks end a line with `,/`, which leaves an empty field too many.
      if type.isEmpty, fields.endedPiece { continue }
      let amount = fields.next() ?? []
      if type.isEmpty, !amount.isEmpty { throw fault("an amount without a type code") }
      if !type.isEmpty { try add(type, amount) }
      let isStatus = BAI2TypeCode(type)?.meaning == .status
      if isStatus, fields.typeCodeBeginsNextPiece() { continue }
      _ = fields.next()
      if fields.typeCodeBeginsNextPiece() { continue }
      _ = try BAI2FundsType(&fields).orThrow { fault("the type code \(shown(type)) \($0)") }
    }
  }

  private mutating func add(
    _ type: ArraySlice<UInt8>, _ written: ArraySlice<UInt8>
  ) throws(StatementFault) {
    guard let code = BAI2TypeCode(type) else {
      throw fault("the type code '\(shown(type))', which is not one")
    }
    // A type code without an amount says that the bank does not know it.
    if written.isEmpty { return }
    guard let amount = BAI2Number.amount(written) else {
      throw fault(
        "the amount '\(shown(written))' for type code \(code), which is not a number of minor units "
          + "up to 2^63 − 1")
    }
    total += Int128(amount)
    guard let earlier = amounts[code] else {
      amounts[code] = amount
      return
    }
    if earlier != amount, code == .openingLedger || code == .closingLedger {
      throw fault("two different amounts for type code \(code): \(earlier) and \(amount)")
    }
  }

  private func shown(_ field: ArraySlice<UInt8>) -> String {
    SingleLineText.decoded(field.prefix(40))
  }

  private func fault(_ message: String) -> StatementFault {
    StatementFault(
      "has for account \(account.prefix(40)) \(message). Ask the bank to deliver it again.",
      line: line)
  }

  /// The booked closing balance, in minor units.
  func closing() throws(StatementFault) -> AmountMinor {
    if let amount = amounts[.closingLedger] { return amount }
    let others: [(Int, String)] = [
      (10, "opening ledger"), (30, "current ledger"), (40, "opening available"),
      (45, "closing available"), (60, "current available"),
    ]
    let named = others.compactMap { number, name in
      amounts.keys.first { $0.number == number }.map { "\(name) (\($0))" }
    }
    let instead = named.isEmpty ? "" : ", only \(named.joined(separator: ", "))"
    throw StatementFault(
      "has no closing ledger balance (015) of account \(account.prefix(40))\(instead). "
        + "Ask the bank to report 015, and 010 for the opening one.", line: line)
  }
}
