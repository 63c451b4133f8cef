import LedgerDomain

/// When the funds of an amount are available, with the fields that this takes.
///
/// Source: BAI, Cash Management Balance Reporting Specifications, Version 2, funds type.
struct BAI2FundsType {
  /// The date that it names, if it names one.
  private(set) var valueDate: BusinessDate?
  /// A type that the standard does not have. It is taken to have no fields of its own.
  private(set) var unknownType: String?
  private var message: String?

  /// Reads the type and its fields: three amounts for S; date and time for V; for D a number, and as
  /// many pairs of days and amount.
  init(_ fields: inout BAI2Fields) {
    let type = fields.next() ?? []
    guard type.count == 1, let letter = type.first else {
      if !type.isEmpty { unknownType = SingleLineText.decoded(type.prefix(20)) }
      return
    }
    switch letter & 0xDF {
    case UInt8(ascii: "S"):
      for _ in 0..<3 { _ = fields.next() }
    case UInt8(ascii: "V"):
      let written = fields.next() ?? []
      valueDate = BAI2Number.date(written)
      if valueDate == nil, !written.isEmpty {
        message =
          "with the value date '\(SingleLineText.decoded(written.prefix(20)))', which is not a date "
          + "in the form YYMMDD"
      }
      _ = fields.next()
    case UInt8(ascii: "D"): readDistribution(&fields)
    case UInt8(ascii: "Z"): break
    default:
      if !(UInt8(ascii: "0")...UInt8(ascii: "2")).contains(letter) {
        unknownType = SingleLineText.decoded(type)
      }
    }
  }

  private mutating func readDistribution(_ fields: inout BAI2Fields) {
    let written = fields.next() ?? []
    guard let count = BAI2Number.value(written), (0...10_000).contains(count) else {
      message =
        "with the number of distributions '\(SingleLineText.decoded(written.prefix(20)))', "
        + "which is not one"
      return
    }
    for _ in 0..<(2 * Int(count)) {
      guard fields.next() != nil else {
        message = "with fewer than the \(count) distributions that it says"
        return
      }
    }
  }

  /// Itself, if its fields are right.
  func orThrow(
    _ fault: (String) -> StatementFault
  ) throws(StatementFault) -> BAI2FundsType {
    if let message { throw fault(message) }
    return self
  }
}
