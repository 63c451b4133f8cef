import LedgerDomain

/// The bank's statement of one account and date.
struct DemoStatement {
  /// How many receipts the bank books as one entry, where it does.
  private static let batchMax = 6

  /// The account.
  let account: DemoBankAccount
  /// The date, in days since 1970-01-01.
  let day: Int32
  /// Its number since the first date, from 1.
  let number: Int
  /// The booked balance before and after, signed, in minor units.
  let opening: Int
  /// What was booked, in order.
  let bookings: [BankBooking]

  /// The booked balance after the last booking.
  var closing: Int { bookings.reduce(opening) { $0 + $1.amount } }

  /// The statement as the bank makes it on the night after its date.
  ///
  /// - Parameter isBatched: whether receipts are booked in batches.
  func value(isBatched: Bool) -> BankStatement {
    let date = BusinessDate(dayNumber: day)
    return BankStatement(
      account: account.statementAccount, currency: account.currency.currencyCode,
      identifier: "\(account.reference)-\(date)", sequence: number,
      createdAt: StatementTime(date: date.advanced(by: 1), second: 7_200),
      opening: StatementBalance(amountMinor: AmountMinor(opening), date: date),
      closing: StatementBalance(amountMinor: AmountMinor(closing), date: date),
      entries: groups(isBatched).enumerated().map { entry($1, number: $0 + 1) }, file: "",
      number: 1)
  }

  /// The bookings of each entry: receipts of the day together, all others alone.
  private func groups(_ isBatched: Bool) -> [ArraySlice<BankBooking>] {
    func isReceipt(_ booking: BankBooking) -> Bool {
      guard isBatched, case .payment = booking.reference else { return false }
      return booking.amount > 0 && booking.valueDay == day
    }
    let others = bookings.filter { !isReceipt($0) }
    let receipts = bookings.filter(isReceipt)
    return others.indices.map { others[$0...$0] }
      + stride(from: 0, to: receipts.count, by: Self.batchMax).map {
        receipts[$0..<min($0 + Self.batchMax, receipts.count)]
      }
  }

  private func entry(_ group: ArraySlice<BankBooking>, number: Int) -> StatementEntry {
    let date = BusinessDate(dayNumber: day)
    let digits = String(10_000 + number).dropFirst()
    let own = BankReference(.accountServicer, "BK\(date.sixDigits)\(digits)")
    let first = group[group.startIndex]
    let isBatch = group.count > 1
    return StatementEntry(
      number: number, amountMinor: AmountMinor(group.reduce(0) { $0 + $1.amount }),
      bookingDate: date, valueDate: BusinessDate(dayNumber: first.valueDay),
      references: isBatch ? [own] : first.references(own: own),
      transactions: isBatch
        ? group.enumerated().map { index, booking in
          StatementTransaction(
            number: index + 1, amountMinor: AmountMinor(booking.amount),
            references: booking.references(own: nil))
        } : [], text: isBatch ? "RECEIPTS OF THE DAY" : first.text)
  }
}

extension BankBooking {
  /// What the bank knows it by.
  ///
  /// - Parameter own: the bank's own reference, unless it has one already.
  fileprivate func references(own: BankReference?) -> [BankReference] {
    switch reference {
    case .payment: [own, BankReference(.endToEnd, reference.text)].compactMap(\.self)
    case .entry(let identifier): [own, BankReference(.uetr, identifier.text)].compactMap(\.self)
    case .bank(let name): [BankReference(.accountServicer, name)]
    case .none: [own].compactMap(\.self)
    }
  }

  fileprivate var text: String {
    if case .bank = reference { return "ACCOUNT FEE" }
    return amount < 0 ? "OUTGOING PAYMENT" : "INCOMING PAYMENT"
  }
}

extension DemoCurrency {
  /// The currency as ISO 4217 names it.
  fileprivate var currencyCode: CurrencyCode {
    guard let code = CurrencyCode("\(code)") else {
      preconditionFailure("a currency has three capital letters")
    }
    return code
  }
}
