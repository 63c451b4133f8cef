import LedgerDomain

/// What the field `:61:` says of an entry.
///
///     2603310401DR150000,00NTRFNONREF//2026033100418
///
/// Value date, entry date (month and day; optional), mark, the currency's third letter (optional),
/// amount, transaction type, the account owner's reference, the bank's, and a line of supplement.
///
/// Source: SWIFT Standards, Category 9, MT 940, field 61.
struct MT940StatementLine {
  /// Signed: positive for a credit to the account.
  var amountMinor: AmountMinor = 0
  var valueDate = BusinessDate(dayNumber: 0)
  /// When it was booked, if the bank says so, in the year that is nearest to the value date.
  var entryDate: BusinessDate?
  /// Whether it undoes an earlier entry: `RC` takes a credit back, so it is a debit.
  var isReversal = false
  /// Whether it is only expected: `EC` and `ED` of MT942.
  var isExpected = false
  /// `NTRF`; empty if the bank gives none.
  var type: ArraySlice<UInt8> = []
  var customerReference: ArraySlice<UInt8> = []
  var bankReference: ArraySlice<UInt8> = []
  /// What stands behind the references, in lines.
  var supplement: [ArraySlice<UInt8>] = []
  /// What is unusual and counts only if the balances prove it.
  var doubt: String?
  /// Whether the value date is one that the calendar does not have.
  var hasUnusualDate = false

  private var rest: ArraySlice<UInt8> = []

  /// Reads an entry in the currency.
  ///
  /// - Throws: a fault that names the line.
  init(_ field: MT940Field, minorDigits: Int) throws(StatementFault) {
    rest = field.value
    supplement = Array(field.lines.dropFirst())
    guard readDates() else { throw Self.malformed(field, "its dates are none") }
    guard let isCredit = readMark() else {
      throw Self.malformed(field, "C, D, RC or RD does not follow its dates")
    }
    if rest.isEmpty, let line = supplement.first {
      // A line that was broken before its amount.
      rest = MT940Bytes.trimmed(line)
      supplement.removeFirst()
    }
    guard let (amount, end) = MT940Amount.beginning(rest, minorDigits: minorDigits) else {
      throw Self.malformed(field, "its amount is not one of the account's currency")
    }
    amountMinor = isCredit ? amount.minor : -amount.minor
    doubt = amount.doubt
    rest = rest[end...].drop { $0 == 0x20 }
    readType()
    readReferences()
  }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8> {
    let taken = rest.prefix(count)
    rest = rest.dropFirst(count)
    return taken
  }

  private mutating func readDates() -> Bool {
    let digitCount = rest.prefix { MT940Bytes.isDigit($0) }.count
    guard [6, 10, 12].contains(digitCount) else { return false }
    let valueDigits = take(6)
    guard let date = MT940Date.date(valueDigits, isLenient: true) else { return false }
    valueDate = date
    hasUnusualDate = MT940Date.date(valueDigits) == nil
    let entryDigits = take(digitCount - 6)
    rest = rest.drop { $0 == 0x20 }
    if entryDigits.isEmpty || entryDigits.elementsEqual("0000".utf8) { return true }
    entryDate =
      entryDigits.count == 6
      ? MT940Date.date(entryDigits) : MT940Date.entryDate(entryDigits, near: valueDate)
    return entryDate != nil
  }

  /// Whether it is a credit to the account; `nil` if there is no mark.
  private mutating func readMark() -> Bool? {
    var isCreditMark: Bool?
    if let first = rest.first, first == UInt8(ascii: "R") || first == UInt8(ascii: "E") {
      isReversal = first == UInt8(ascii: "R")
      isExpected = !isReversal
      rest = rest.dropFirst()
    }
    if rest.first == UInt8(ascii: "C") { isCreditMark = true }
    if rest.first == UInt8(ascii: "D") { isCreditMark = false }
    guard let isCreditMark else { return nil }
    rest = rest.dropFirst()
    if let letter = rest.first, MT940Bytes.isCapital(letter) { rest = rest.dropFirst() }
    rest = rest.drop { $0 == 0x20 }
    return isReversal ? !isCreditMark : isCreditMark
  }

  /// The type is a letter (N, S or F in the standard) and three characters. What else stands behind an
  /// amount may be a digit of it that was damaged.
  private mutating func readType() {
    let code = rest.prefix(4)
    let isType =
      code.first.map(MT940Bytes.isCapital) == true
      && code.allSatisfy { MT940Bytes.isCapital($0) || MT940Bytes.isDigit($0) || $0 == 0x20 }
    if isType {
      type = take(4)
    } else if doubt == nil {
      doubt = "has no transaction type (N, S or F and three characters)"
    }
  }

  private mutating func readReferences() {
    guard let slashes = MT940Bytes.first("//", in: rest) else {
      customerReference = MT940Bytes.trimmed(rest)
      return
    }
    customerReference = MT940Bytes.trimmed(rest[..<slashes])
    bankReference = MT940Bytes.trimmed(rest[(slashes + 2)...])
    // Some banks put codes behind the 16 characters of the reference.
    let overflow = bankReference.dropFirst(16)
    if overflow.first == UInt8(ascii: "/") {
      bankReference = bankReference.prefix(16)
      supplement.insert(overflow, at: 0)
    }
  }

  private static func malformed(_ field: MT940Field, _ reason: String) -> StatementFault {
    StatementFault(
      "has the entry :61: \(MT940Bytes.quoted(field.lines[0])), but \(reason). "
        + "Ask the bank to deliver the statement again.",
      line: field.line)
  }
}
