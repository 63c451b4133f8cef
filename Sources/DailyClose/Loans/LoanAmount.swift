public import LedgerDomain

/// An amount of a loan to be sorted: a row of the loan tape or a line of the journal.
///
/// Amounts sort by loan, currency, date and side, then by tag.
public struct LoanAmount: Sendable {
  /// The loan.
  public let loan: LedgerUUID
  /// Currency, date and side, packed so that the order of the numbers is theirs.
  private let packedKey: UInt64
  /// Signed, in minor units.
  public let amountMinor: AmountMinor
  /// For a tape row, its position on the tape; for a journal line, 1, or −1 if the line is removed.
  public let tag: Int64

  /// Creates an amount.
  ///
  /// - Parameters:
  ///   - key: the loan and currency.
  ///   - date: the effective date; not used for a tape row.
  ///   - direction: debit or credit; not used for a tape row.
  ///   - amountMinor: signed, in minor units.
  ///   - tag: see ``tag``.
  @inline(__always)
  public init(
    _ key: LoanKey, date: BusinessDate = BusinessDate(dayNumber: 0),
    direction: Direction = .debit, amountMinor: AmountMinor, tag: Int64
  ) {
    loan = key.loan
    let day = UInt64(UInt32(bitPattern: date.dayNumber) ^ 0x8000_0000)
    packedKey = UInt64(key.currency.packed) << 33 | day << 1 | (direction == .credit ? 1 : 0)
    self.amountMinor = amountMinor
    self.tag = tag
  }

  /// The loan and the currency.
  public var key: LoanKey {
    LoanKey(loan: loan, currency: CurrencyCode(packed: UInt16(truncatingIfNeeded: packedKey >> 33)))
  }

  var date: BusinessDate {
    BusinessDate(
      dayNumber: Int32(bitPattern: UInt32(truncatingIfNeeded: packedKey >> 1) ^ 0x8000_0000))
  }

  var direction: Direction { packedKey & 1 == 1 ? .credit : .debit }

  /// Whether both are of one loan, currency and date.
  @inline(__always)
  func isOfSameMovement(as other: LoanAmount) -> Bool {
    loan == other.loan && packedKey >> 1 == other.packedKey >> 1
  }

  @inline(__always)
  static func precedes(_ left: LoanAmount, _ right: LoanAmount) -> Bool {
    if left.loan.high != right.loan.high { return left.loan.high < right.loan.high }
    if left.loan.low != right.loan.low { return left.loan.low < right.loan.low }
    if left.packedKey != right.packedKey { return left.packedKey < right.packedKey }
    return left.tag < right.tag
  }
}
