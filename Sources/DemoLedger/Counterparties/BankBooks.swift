import LedgerDomain

/// The books of a tenant's bank: its bookings of the ledger's entries, and its statements.
///
/// A close knows an entry from the later of its posting and its effective date on, so without
/// defects the bank books it on that date, valued at its effective date: every statement closes with
/// the balance that the close of its date has. With defects the bank books an entry that is posted
/// late on its effective date, before the ledger has it.
final class BankBooks {
  /// How many days after a date an entry may still come that the bank books on it.
  private static let lateDaysMax = Int32(EntryComposer.backdatedDaysMax)

  private let tenant: DemoTenant
  private let options: DemoOptions
  private let breaks: PlantedBreakList
  private let gateway: BankGateway
  private let accounts: [DemoBankAccount]
  private var balances: [Int]
  private var bookings: [BankBooking] = []
  /// The date whose statements come next.
  private var nextDay: Int32

  /// The books before the first date: they open with the ledger's balances.
  init(
    tenant: DemoTenant, options: DemoOptions, opening: [OpeningBalance],
    breaks: PlantedBreakList, gateway: BankGateway
  ) {
    self.tenant = tenant
    self.options = options
    self.breaks = breaks
    self.gateway = gateway
    accounts = DemoBankAccount.accounts(of: tenant)
    balances = accounts.map { account in
      opening.filter { balance in
        balance.account == account.code && balance.currency == account.currency
          && balance.layer == .settled
      }.reduce(0) { $0 + $1.debit - $1.credit }
    }
    nextDay = options.firstDate.dayNumber
  }

  /// Books the movements of an accepted entry.
  func add(_ entry: borrowing DemoEntry, businessDay: Int32) {
    for index in entry.lines.indices where entry.lines[index].layer == .settled {
      let line = entry.lines[index]
      let place = accounts.firstIndex {
        $0.code == line.account && $0.currency == line.currency
      }
      guard let place else { continue }
      add(
        BankBooking(
          account: place, entry: entry.identifier,
          amount: line.isDebit ? line.amount : -line.amount,
          reference: line.reference > 0 ? .payment(line.reference) : .entry(entry.identifier),
          valueDay: entry.effectiveDay, ledgerDay: max(businessDay, entry.effectiveDay),
          bookedDay: max(businessDay, entry.effectiveDay)))
    }
  }

  private func add(_ booking: BankBooking) {
    var booking = booking
    if booksOnEffectiveDate(booking) { booking.bookedDay = booking.valueDay }
    if isMissing(booking.account, booking.bookedDay) { booking.bookedDay += 1 }
    if booking.bookedDay < booking.ledgerDay {
      list(.ledgerLater, booking, day: booking.bookedDay, untilDay: booking.ledgerDay)
    }
    bookings.append(booking)
  }

  /// Whether the bank books on the effective date what the ledger posts late.
  private func booksOnEffectiveDate(_ booking: BankBooking) -> Bool {
    if options.plantsDefects { return booking.valueDay >= options.firstDate.dayNumber }
    let dateIndex = Int(booking.ledgerDay - options.firstDate.dayNumber)
    guard case .payment(DemoStory.lateReceiptReference) = booking.reference else { return false }
    return DemoStory.postsLateReceipt(
      tenantIndex: tenant.index, dateIndex: dateIndex, options: options)
  }

  /// Removes the references of an entry's bookings, as if the bank had none.
  func forgetReferences(of entry: DemoIdentifier) {
    for index in bookings.indices where bookings[index].entry == entry {
      bookings[index].reference = .none
      list(.bankAmbiguous, bookings[index], day: bookings[index].bookedDay)
    }
  }

  /// Ends a date of the ledger: plants its break, and writes the statements that are final.
  func closeDay(_ day: Int32) throws {
    plantBreak(day)
    let isLast = day == options.lastDate.dayNumber
    let finalDay = isLast || !options.bankBooksEarly ? day : day - Self.lateDaysMax
    while nextDay <= finalDay {
      try writeStatements(of: nextDay)
      nextDay += 1
    }
  }
}

extension BankBooks {
  private func plantedBreak(_ day: Int32) -> PlantedBreak? {
    let dateIndex = Int(day - options.firstDate.dayNumber)
    guard (0..<options.dates).contains(dateIndex) else { return nil }
    return .atBank(tenantIndex: tenant.index, dateIndex: dateIndex, options: options)
  }

  /// The place of an account: the code's in the tenant's main, second or third currency.
  private func place(_ code: Int, currency: Int) -> Int {
    (code == DemoBankAccount.operatingCode ? 0 : tenant.currencies.count) + currency
  }

  private func isMissing(_ account: Int, _ day: Int32) -> Bool {
    account == place(DemoBankAccount.operatingCode, currency: 2)
      && plantedBreak(day) == .statementMissing
  }

  private func plantBreak(_ day: Int32) {
    switch plantedBreak(day) {
    case .bankLater:
      let account = place(DemoBankAccount.lockboxCode, currency: 0)
      guard let index = firstUsual(of: account, day) else { return }
      bookings[index].bookedDay +=
        options.tellsStory ? 1 : 1 + (day + Int32(tenant.index)) / 2 % 2
      list(.bankLater, bookings[index], day: day, untilDay: bookings[index].bookedDay)
    case .bankFee:
      let date = BusinessDate(dayNumber: day).description
      let fee = BankBooking(
        account: place(DemoBankAccount.operatingCode, currency: 0), entry: nil,
        amount: -DemoStory.feeMinor,
        reference: .bank("FEE-\(date)"), valueDay: day, ledgerDay: day, bookedDay: day)
      bookings.append(fee)
      list(.bankFee, fee, day: day)
    case .bankAmount:
      let account = place(DemoBankAccount.lockboxCode, currency: 1)
      guard let index = firstUsual(of: account, day) else { return }
      bookings[index].amount += 90
      list(.bankAmount, bookings[index], day: day, amount: 90)
    default: break
    }
  }

  /// The first payment that both sides have on the date.
  private func firstUsual(of account: Int, _ day: Int32) -> Int? {
    bookings.firstIndex { booking in
      guard case .payment = booking.reference else { return false }
      return booking.account == account && booking.bookedDay == day && booking.ledgerDay == day
        && booking.valueDay == day && abs(booking.amount) > 90
    }
  }

  private func list(
    _ kind: PlantedBreak, _ booking: BankBooking, day: Int32, amount: Int? = nil,
    untilDay: Int32? = nil
  ) {
    breaks.add(
      kind, subject(booking.account, day), amount: amount ?? booking.amount,
      reference: booking.reference.text, untilDay: untilDay)
  }

  private func subject(_ account: Int, _ day: Int32) -> PlantedBreakList.Subject {
    PlantedBreakList.Subject(
      tenant: tenant.identifier.text, day: day, account: accounts[account].code,
      currency: accounts[account].currency)
  }
}

extension BankBooks {
  private func writeStatements(of day: Int32) throws {
    let statements = accounts.indices.compactMap { statement(of: $0, day) }
    bookings.removeAll { $0.bookedDay <= day }
    for statement in statements { try gateway.deliver(statement) }
  }

  private func statement(of account: Int, _ day: Int32) -> DemoStatement? {
    if isMissing(account, day) {
      breaks.add(.statementMissing, subject(account, day), amount: nil)
      return nil
    }
    if account == place(DemoBankAccount.operatingCode, currency: 1)
      && plantedBreak(day) == .statementOpening
    {
      balances[account] += 500
      breaks.add(.statementOpening, subject(account, day), amount: 500)
    }
    let statement = DemoStatement(
      account: accounts[account], day: day, number: Int(day - options.firstDate.dayNumber) + 1,
      opening: balances[account],
      bookings: bookings.filter { $0.account == account && $0.bookedDay == day })
    balances[account] = statement.closing
    return statement
  }
}
