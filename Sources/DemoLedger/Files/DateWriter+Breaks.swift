import LedgerDomain

extension DateWriter {
  /// Writes two receipts of the same amount that neither side has a reference of.
  mutating func writeUnreferenced(postedMilliseconds: Int, to part: PartWriter) throws {
    for _ in 0..<2 {
      var entry = fresh(.manualAdjustment, postedMilliseconds: postedMilliseconds)
      entry.lines = []
      entry.description = "Cash deposit without reference"
      let posting = Posting(
        tenant: composer.tenant, loan: 0, currency: composer.tenant.currencies[0])
      posting.debit(DemoBankAccount.lockboxCode, 33_300, into: &entry)
      posting.credit(2010, 33_300, into: &entry)
      try write(draft(entry), to: part)
      try accept(entry, in: part)
      counterparties?.forgetReferences(of: entry.identifier)
    }
  }

  /// Writes an entry that adds to principal and does not say whose.
  mutating func writePrincipalWithoutLoan(postedMilliseconds: Int, to part: PartWriter) throws {
    var entry = fresh(.manualAdjustment, postedMilliseconds: postedMilliseconds)
    entry.lines = []
    entry.description = "Costs added to principal"
    let posting = Posting(
      tenant: composer.tenant, loan: 0, currency: composer.tenant.currencies[0])
    posting.debit(1100, 54_321, into: &entry)
    posting.credit(4010, 54_321, into: &entry)
    try write(draft(entry), to: part)
    try accept(entry, in: part)
  }
}
