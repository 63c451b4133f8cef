/// What others say of a tenant's money: its bank and the system that services its loans.
final class CounterpartyBooks {
  private let bank: BankBooks
  private let loans: DemoLoanBook

  /// The books before the first date.
  init(
    tenant: DemoTenant, options: DemoOptions, opening: [OpeningBalance], files: DemoFiles,
    breaks: PlantedBreakList
  ) throws {
    bank = BankBooks(
      tenant: tenant, options: options, opening: opening, breaks: breaks,
      gateway: BankGateway(tenant: tenant, options: options, breaks: breaks, files: files))
    loans = DemoLoanBook(
      tenant: tenant, options: options, opening: opening, breaks: breaks,
      loanTape: files.loanTape)
    try loans.open()
  }

  /// Books an entry that the close accepts.
  func add(_ entry: borrowing DemoEntry, businessDay: Int32) {
    bank.add(entry, businessDay: businessDay)
    loans.add(entry, businessDay: businessDay)
  }

  /// Takes the references of an entry away at the bank.
  func forgetReferences(of entry: DemoIdentifier) {
    bank.forgetReferences(of: entry)
  }

  /// Ends a date: writes its loan tape and the statements that are final.
  func closeDay(_ day: Int32) throws {
    try bank.closeDay(day)
    try loans.closeDay(day)
  }
}
