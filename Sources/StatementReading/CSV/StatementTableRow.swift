import DelimitedText
import LedgerDomain

/// One row of a bank's table, its cells found by the names of their columns.
struct StatementTableRow {
  let record: DelimitedRecord
  let mapping: StatementCSVMapping
  /// Where each column is.
  let positions: [String: Int]

  /// The text of a column without the spaces around it.
  subscript(column: String) -> String {
    positions[column].map { record.cells[$0].trimmed } ?? ""
  }

  func fault(_ message: String) -> StatementFault {
    StatementFault(
      "\(message). Compare the row with the mapping, or ask the bank.", line: record.line)
  }

  func value(_ source: StatementCSVMapping.Source, _ what: String) throws(StatementFault) -> String
  {
    let text: String
    switch source {
    case .column(let column): text = self[column]
    case .named(let name): text = name
    }
    if text.isEmpty { throw fault("names no \(what)") }
    return text
  }

  func currency() throws(StatementFault) -> CurrencyCode {
    let text = try value(mapping.currency, "currency")
    guard let currency = CurrencyCode(text), currency.minorUnitDigits != nil else {
      throw fault("has the currency '\(text.prefix(20))', which is not in ISO 4217")
    }
    return currency
  }

  /// The date of a column; `nil` if it is empty.
  func date(_ column: String) throws(StatementFault) -> BusinessDate? {
    let text = self[column]
    if text.isEmpty { return nil }
    guard let date = mapping.dateFormat.date(text) else {
      throw fault(
        "has '\(text.prefix(20))' as \(column), which is not a date in the form \(mapping.dateFormat.rawValue)"
      )
    }
    return date
  }

  /// What the row adds to the account, in minor units.
  func amount(_ currency: CurrencyCode) throws(StatementFault) -> AmountMinor {
    switch mapping.amount {
    case .signed(let column): return try signed(self[column], column, currency)
    case .debitAndCredit(let debit, let credit):
      let debited = try self[debit].isEmpty ? 0 : signed(self[debit], debit, currency)
      let credited = try self[credit].isEmpty ? 0 : signed(self[credit], credit, currency)
      if self[debit].isEmpty && self[credit].isEmpty { throw fault("has no amount") }
      guard debited == 0 || credited == 0 else { throw fault("has both a debit and a credit") }
      return debited != 0 ? -abs(debited) : abs(credited)
    }
  }

  /// The amount of a text with a leading or trailing sign, or without a sign.
  func signed(
    _ text: String, _ what: String, _ currency: CurrencyCode
  ) throws(StatementFault) -> AmountMinor {
    let notation = DecimalNotation(
      decimalSeparator: Character(mapping.decimalSeparator.rawValue),
      groupingSeparator: mapping.groupingSeparator)
    var digits = text[...]
    var sign: Character = "+"
    if let first = digits.first, Self.signs.contains(first) {
      sign = digits.removeFirst()
    } else if let last = digits.last, Self.signs.contains(last) {
      sign = digits.removeLast()
    }
    guard
      let magnitude = notation.magnitude(
        digits.trimmed[...], minorDigits: currency.minorUnitDigits ?? 0)
    else {
      throw fault(
        "has '\(text.prefix(40))' as \(what), which is not an amount of \(currency) in whole minor units"
      )
    }
    return sign == "+" ? magnitude : -magnitude
  }

  /// A reference; `nil` if the row has none.
  func reference(_ column: String?) -> String? {
    guard let column else { return nil }
    let text = self[column]
    return text.isEmpty || text == "NOTPROVIDED" ? nil : text
  }

  private static let signs: Set<Character> = ["+", "-", "\u{2212}"]
}

extension StringProtocol {
  /// The text without the white space around it.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}

extension StatementCSVMapping.DateFormat {
  /// The date that a text is.
  func date(_ text: String) -> BusinessDate? {
    let bytes = Array(text.utf8)
    let pattern = Array(rawValue.utf8)
    guard bytes.count == pattern.count else { return nil }
    var parts: [UInt8: Int] = [:]
    for (byte, place) in zip(bytes, pattern) {
      if "YMD".utf8.contains(place) {
        guard (0x30...0x39).contains(byte) else { return nil }
        parts[place, default: 0] = parts[place, default: 0] * 10 + Int(byte - 0x30)
      } else if byte != place {
        return nil
      }
    }
    return BusinessDate(
      year: parts[UInt8(ascii: "Y")] ?? 0, month: parts[UInt8(ascii: "M")] ?? 0,
      day: parts[UInt8(ascii: "D")] ?? 0)
  }
}
