/// Debits and credits apart, never netted: what a balance and a movement consist of.
///
/// What a reclose changes can be negative on either side; what is stored never is.
public struct DebitCreditTotals: Hashable, Sendable {
  /// All debits, in minor units.
  public var debitMinor: AmountMinor
  /// All credits, in minor units.
  public var creditMinor: AmountMinor

  /// Nothing on either side.
  public static let zero = DebitCreditTotals(debitMinor: 0, creditMinor: 0)

  /// These debits and credits.
  public init(debitMinor: AmountMinor, creditMinor: AmountMinor) {
    self.debitMinor = debitMinor
    self.creditMinor = creditMinor
  }

  /// The sum side by side, or `nil` if either passes 2^63 − 1. It never wraps.
  public func adding(_ other: DebitCreditTotals) -> DebitCreditTotals? {
    let (debit, debitOverflow) = debitMinor.addingReportingOverflow(other.debitMinor)
    let (credit, creditOverflow) = creditMinor.addingReportingOverflow(other.creditMinor)
    guard !debitOverflow, !creditOverflow else { return nil }
    return DebitCreditTotals(debitMinor: debit, creditMinor: credit)
  }

  /// What has to be added to the other to get these; either side may be negative.
  ///
  /// Balances are in 0…2^63 − 1, so the difference of two always fits.
  public func subtracting(_ other: DebitCreditTotals) -> DebitCreditTotals {
    DebitCreditTotals(
      debitMinor: debitMinor - other.debitMinor, creditMinor: creditMinor - other.creditMinor)
  }

  /// The sum side by side, of a key's totals as of a date.
  ///
  /// - Throws: `BalanceOverflow` that names them, if either side passes 2^63 − 1.
  public func adding(
    _ other: DebitCreditTotals, of key: BalanceKey, asOf date: BusinessDate
  ) throws(BalanceOverflow) -> DebitCreditTotals {
    guard let sum = adding(other) else { throw BalanceOverflow(key: key, date: date) }
    return sum
  }

  /// The balance as its account's normal side sees it; negative if it is abnormal.
  ///
  /// Both sides are in 0…2^63 − 1, so the difference always fits.
  public func normalBalanceMinor(on side: NormalSide) -> AmountMinor {
    side == .debit ? debitMinor - creditMinor : creditMinor - debitMinor
  }
}

/// Debits and credits over many keys, in 128 bits: no sum of 64-bit amounts can overflow it.
public struct WideTotals: Hashable, Sendable {
  /// All debits, in minor units.
  public var debitMinor: Int128 = 0
  /// All credits, in minor units.
  public var creditMinor: Int128 = 0

  /// Nothing on either side.
  public init() {}

  /// Adds one line.
  public mutating func add(_ amountMinor: AmountMinor, _ direction: Direction) {
    if direction == .debit {
      debitMinor &+= Int128(amountMinor)
    } else {
      creditMinor &+= Int128(amountMinor)
    }
  }

  /// Adds both sides.
  public mutating func add(_ totals: DebitCreditTotals) {
    debitMinor &+= Int128(totals.debitMinor)
    creditMinor &+= Int128(totals.creditMinor)
  }

  /// Adds both sides.
  public mutating func add(_ totals: WideTotals) {
    debitMinor &+= totals.debitMinor
    creditMinor &+= totals.creditMinor
  }

  /// The totals in 64 bits, or `nil` if either side passes 2^63 − 1.
  public var narrowed: DebitCreditTotals? {
    guard let debit = Int64(exactly: debitMinor), let credit = Int64(exactly: creditMinor) else {
      return nil
    }
    return DebitCreditTotals(debitMinor: debit, creditMinor: credit)
  }
}
