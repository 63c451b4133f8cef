import LedgerDomain

extension DateWriter {
  /// Writes what the story needs at the beginning of a part of the date.
  mutating func writeStory(to part: PartWriter, isFirstPart: Bool) throws {
    guard isFirstPart else { return }
    let index = composer.tenant.index
    let scene = DemoStory.scene(tenantIndex: index, dateIndex: dateIndex, options: options)
    if scene == .accountNotInChart {
      for number in 1...3 { try writeReferralFee(number, to: part) }
    }
    if DemoStory.postsLateReceipt(tenantIndex: index, dateIndex: dateIndex, options: options) {
      try writeLateReceipt(to: part)
    }
  }

  /// An entry on an account that the chart lacks.
  private mutating func writeReferralFee(_ number: Int, to part: PartWriter) throws {
    var entry = fresh(.feeAssessed, postedMilliseconds: 0)
    entry.lines = []
    entry.description = "Referral fee assessed"
    let posting = Posting(
      tenant: composer.tenant, loan: 0, currency: composer.tenant.currencies[0])
    posting.debit(1300, number * 5_000, into: &entry)
    posting.credit(DemoStory.unlistedCode, number * 5_000, into: &entry)
    try write(draft(entry), to: part)
    count(entry, in: part)
    try planted.add(
      .unknownAccount, at: place(of: entry.identifier, in: part), field: "lines[1].account_code")
  }

  /// A receipt that the bank has booked on the date before, from which it counts.
  private mutating func writeLateReceipt(to part: PartWriter) throws {
    var entry = fresh(.paymentReceived, postedMilliseconds: 0)
    entry.lines = []
    entry.description = "Borrower payment received, posted late"
    entry.effectiveDay = date.dayNumber - 1
    var posting = Posting(
      tenant: composer.tenant, loan: 0, currency: composer.tenant.currencies[0])
    posting.reference = DemoStory.lateReceiptReference
    posting.debit(DemoBankAccount.lockboxCode, DemoStory.lateReceiptMinor, of: .cash, into: &entry)
    posting.credit(2010, DemoStory.lateReceiptMinor, into: &entry)
    try write(draft(entry), to: part)
    try accept(entry, in: part)
  }
}
