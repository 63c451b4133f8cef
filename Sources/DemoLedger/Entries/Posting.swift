/// What the lines of one posting have in common.
struct Posting {
  /// What a line belongs to, which decides the optional fields it carries.
  enum Subject {
    case ledger, loan, borrower, cash
  }

  /// Whose loan it is.
  let tenant: DemoTenant
  /// The loan.
  var loan: Int
  /// The currency of its lines.
  var currency: DemoCurrency
  /// The layer of its lines.
  var layer = DemoLayer.settled
  /// The number of the bank's reference on its cash lines.
  var reference = 0

  /// A posting for a loan.
  init(tenant: DemoTenant, loan: Int, currency: DemoCurrency) {
    self.tenant = tenant
    self.loan = loan
    self.currency = currency
  }

  /// An amount of the range, in minor units of a currency with two decimals; a yen is a hundred.
  func amount(_ range: ClosedRange<Int>, from generator: inout SeededGenerator) -> Int {
    let amount = generator.within(range)
    return currency == .jpy ? amount / 100 + 1 : amount
  }

  /// Appends a debit line.
  func debit(
    _ account: Int, _ amount: Int, of subject: Subject = .ledger, into entry: inout DemoEntry
  ) {
    append(account, amount, isDebit: true, of: subject, into: &entry)
  }

  /// Appends a credit line.
  func credit(
    _ account: Int, _ amount: Int, of subject: Subject = .ledger, into entry: inout DemoEntry
  ) {
    append(account, amount, isDebit: false, of: subject, into: &entry)
  }

  private func append(
    _ account: Int, _ amount: Int, isDebit: Bool, of subject: Subject, into entry: inout DemoEntry
  ) {
    var line = DemoLine(
      sequence: entry.lines.count + 1, account: account, isDebit: isDebit, amount: amount,
      currency: currency, layer: layer)
    switch subject {
    case .ledger: break
    case .loan:
      line.loan = tenant.loanIdentifier(loan)
      // The borrower is named once per entry.
      if entry.lines.isEmpty { line.borrower = tenant.borrowerIdentifier(loan) }
    case .borrower:
      line.loan = tenant.loanIdentifier(loan)
      line.borrower = tenant.borrowerIdentifier(loan)
    case .cash: line.reference = reference
    }
    entry.lines.append(line)
  }
}
