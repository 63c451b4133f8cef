import LedgerDomain

/// An amount without a sign.
struct CamtAmount: Hashable {
  /// In minor units of the currency; never negative.
  let magnitude: AmountMinor
  /// Its currency.
  let currency: CurrencyCode

  /// In minor units, positive for a credit to the account.
  func signed(isCredit: Bool) -> AmountMinor { isCredit ? magnitude : -magnitude }
}

/// The charges that a bank kept from an entry or a transaction.
struct CamtCharges {
  private var total: CamtAmount?
  private var records: [CamtAmount] = []
  /// Which of the records are in favour of the account.
  private var credits: [Int] = []

  mutating func setTotal(_ amount: CamtAmount) { total = amount }

  mutating func add(_ amount: CamtAmount) { records.append(amount) }

  /// Receives the direction of the last record.
  mutating func setDirection(isCredit: Bool) {
    if isCredit, !records.isEmpty { credits.append(records.count - 1) }
  }

  /// What they add to the account, negative as a rule; `nil` if none is stated, or one is in another
  /// currency. Records count before a total.
  func sum(in currency: CurrencyCode) -> Int128? {
    guard !records.isEmpty else {
      return total.flatMap { $0.currency == currency ? -Int128($0.magnitude) : nil }
    }
    var sum: Int128 = 0
    for record in records {
      guard record.currency == currency else { return nil }
      sum -= Int128(record.magnitude)
    }
    for index in credits { sum += 2 * Int128(records[index].magnitude) }
    return sum
  }
}
