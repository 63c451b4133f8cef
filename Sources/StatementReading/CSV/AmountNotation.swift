import LedgerDomain

/// How the amounts of a table are written, and in which currency.
struct AmountNotation {
  let decimalSeparator: UInt8
  /// `,` or `.`, if one of them groups digits; spaces and apostrophes always may.
  let groupingSeparator: UInt8?
  let currency: CurrencyCode

  init(_ mapping: StatementCSVMapping, _ currency: CurrencyCode) {
    decimalSeparator = mapping.decimalSeparator.byte
    groupingSeparator = mapping.groupingSeparator?.asciiValue
    self.currency = currency
  }

  /// What a cell says.
  enum Reading: Equatable {
    /// Nothing, or a dash.
    case empty
    /// An amount in minor units, and its sign if it has one.
    case amount(AmountMinor, Sign?)
    case notAnAmount
    /// An amount whose sign contradicts its DR or CR.
    case contradiction
    /// An amount of another currency.
    case otherCurrency(String)
    /// More decimals than the currency has, which are not all zero.
    case tooPrecise
    /// More than 2^63 − 1 minor units.
    case tooLarge
  }

  /// A sign: `-`, parentheses and `DR` are minus.
  enum Sign: Equatable {
    case plus
    case minus
  }

  /// Reads a cell, which has no white space around it.
  ///
  ///     notation.reading("(1,234.50)")  // .amount(123450, .minus)
  func reading(_ cell: ArraySlice<UInt8>) -> Reading {
    if let reading = plainReading(cell) { return reading }
    if cell.isEmpty || Self.dashes.contains(where: { cell.elementsEqual($0) }) { return .empty }
    var marks = AmountMarks()
    guard let digits = marks.strip(cell) else { return .notAnAmount }
    let sign: Sign?
    switch marks.sign {
    case .none: return .notAnAmount
    case .contradiction: return .contradiction
    case .sign(let found): sign = found
    }
    switch magnitude(digits) {
    case .amount(let magnitude, _):
      if let other = marks.currencies.first(where: { !isOwn($0) }) { return .otherCurrency(other) }
      return .amount(magnitude, sign)
    case let failure: return failure
    }
  }

  /// Reads what most cells are, at less cost: digits with a sign before them or none, and without
  /// groups.
  private func plainReading(_ cell: ArraySlice<UInt8>) -> Reading? {
    var sign: Sign?
    var rest = cell
    if let first = rest.first, first == 0x2D || first == 0x2B {
      sign = first == 0x2D ? .minus : .plus
      rest.removeFirst()
    }
    guard (1...18).contains(rest.count) else { return nil }
    var amount: AmountMinor = 0
    var decimals: Int?
    for byte in rest {
      if byte == decimalSeparator, decimals == nil {
        decimals = 0
        continue
      }
      guard (0x30...0x39).contains(byte) else { return nil }
      amount = amount * 10 + AmountMinor(byte - 0x30)
      decimals = decimals.map { $0 + 1 }
    }
    guard let digits = currency.minorUnitDigits, decimals.map({ $0 >= 1 && $0 <= digits }) ?? true
    else { return nil }
    for _ in (decimals ?? 0)..<digits {
      let (tenfold, isTooLarge) = amount.multipliedReportingOverflow(by: 10)
      if isTooLarge { return .tooLarge }
      amount = tenfold
    }
    return .amount(amount, sign)
  }

  private static let dashes: [[UInt8]] = [
    [0x2D], [0x2D, 0x2D], [0xE2, 0x80, 0x93], [0xE2, 0x80, 0x94], [0xE2, 0x88, 0x92],
  ]

  private func isOwn(_ sign: String) -> Bool {
    if let currencies = CurrencySymbols.currencies(sign) {
      return currencies.contains(currency.description)
    }
    return sign == currency.description
  }
}
