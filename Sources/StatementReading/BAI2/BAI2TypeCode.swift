/// What an amount is: a balance, a total or a transaction, and its direction.
///
/// Source: BAI, Cash Management Balance Reporting Specifications, Version 2, appendix A.
struct BAI2TypeCode: Hashable, CustomStringConvertible {
  /// What codes of a range mean.
  enum Meaning {
    /// A balance or another figure of the account.
    case status
    case credit
    case debit
    /// Text without an amount.
    case nonMonetary
    /// A code that the standard does not give out.
    case unassigned
  }

  /// 1 to 999.
  let number: Int

  static let openingLedger = BAI2TypeCode(number: 10)
  static let closingLedger = BAI2TypeCode(number: 15)
  static let totalCredits = BAI2TypeCode(number: 100)
  static let totalDebits = BAI2TypeCode(number: 400)

  static let creditsNotDetailed = BAI2TypeCode(number: 105)
  static let debitsNotDetailed = BAI2TypeCode(number: 406)

  private init(number: Int) { self.number = number }

  /// The code that is written so; `nil` if it is not a number of up to three digits.
  init?(_ field: ArraySlice<UInt8>) {
    guard (1...3).contains(field.count) else { return nil }
    var number = 0
    for byte in field {
      guard (0x30...0x39).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    guard number > 0 else { return nil }
    self.number = number
  }

  /// As the standard writes it: `015`.
  var description: String { String(String(1000 + number).dropFirst()) }

  /// What it means. Banks give out 900 to 999 themselves, in ranges of the standard.
  var meaning: Meaning {
    switch number {
    case 1...99, 700...719, 900...919: .status
    case 100...399, 720...728, 920...959: .credit
    case 400...699, 760, 960...999: .debit
    case 890: .nonMonetary
    default: .unassigned
    }
  }

  /// Whether it is the sum of all transactions in its direction.
  var isTotal: Bool { self == .totalCredits || self == .totalDebits }

  /// Whether the customer reference of such a transaction is a cheque's number: cheques and drafts that
  /// were paid, returned or reversed.
  var isCheque: Bool { [255, 395, 435, 474, 475, 484, 522].contains(number) }

  /// Whether such a transaction undoes an earlier one: reversals, corrections and returned items.
  var isReversal: Bool {
    [252, 254, 255, 257, 258, 266, 395, 552, 554, 555, 557, 558, 566, 694].contains(number)
  }
}
