public import LedgerDomain

/// An amount of a loan on its way to be sorted: a row of the tape, or a line of the journal.
///
/// Amounts are sorted by loan, currency, date and side, and then by their place.
public struct LoanAmount: Sendable {
  /// The loan.
  public let loan: LedgerUUID
  /// Currency, date and side, packed so that the order of the numbers is theirs.
  private let tag: UInt64
  /// Signed, in minor units.
  public let amountMinor: AmountMinor
  /// Where it stands on a tape; of a line, how many lines it stands for: -1 if it is taken out.
  public let place: Int64

  /// Creates an amount.
  ///
  /// - Parameter date: the effective date; of a tape, any.
  @inline(__always)
  public init(
    _ key: LoanKey, date: BusinessDate = BusinessDate(dayNumber: 0),
    direction: Direction = .debit, amountMinor: AmountMinor, place: Int64
  ) {
    loan = key.loan
    let day = UInt64(UInt32(bitPattern: date.dayNumber) ^ 0x8000_0000)
    tag = UInt64(key.currency.packed) << 33 | day << 1 | (direction == .credit ? 1 : 0)
    self.amountMinor = amountMinor
    self.place = place
  }

  /// The loan and the currency.
  public var key: LoanKey {
    LoanKey(loan: loan, currency: CurrencyCode(packed: UInt16(truncatingIfNeeded: tag >> 33)))
  }

  var date: BusinessDate {
    BusinessDate(
      dayNumber: Int32(bitPattern: UInt32(truncatingIfNeeded: tag >> 1) ^ 0x8000_0000))
  }

  var direction: Direction { tag & 1 == 1 ? .credit : .debit }

  /// Whether both are of one loan, currency and date.
  @inline(__always)
  func isOfSameMovement(as other: LoanAmount) -> Bool {
    loan == other.loan && tag >> 1 == other.tag >> 1
  }

  @inline(__always)
  static func precedes(_ left: LoanAmount, _ right: LoanAmount) -> Bool {
    if left.loan.high != right.loan.high { return left.loan.high < right.loan.high }
    if left.loan.low != right.loan.low { return left.loan.low < right.loan.low }
    if left.tag != right.tag { return left.tag < right.tag }
    return left.place < right.place
  }
}
