extension EntryComposer {
  /// Replaces a loan by another one, with its interest and a fee added.
  mutating func postRefinance() {
    let posting = nextPosting()
    let principal = posting.amount(200_000...1_500_000, from: &generator)
    let interest = posting.amount(1_000...30_000, from: &generator)
    let fee = posting.amount(5_000...40_000, from: &generator)
    var replacement = posting
    replacement.loan = (posting.loan + 10) % max(10, tenant.loanCount / 10 * 10)
    replacement.debit(1100, principal + interest + fee, of: .loan, into: &entry)
    posting.credit(1100, principal, of: .loan, into: &entry)
    posting.credit(1200, interest, of: .loan, into: &entry)
    posting.credit(4010, fee, into: &entry)
  }

  /// Adds unpaid interest to the principal of a loan with new terms.
  mutating func postRestructure() {
    let posting = nextPosting()
    let principal = posting.amount(100_000...900_000, from: &generator)
    let interest = posting.amount(1_000...20_000, from: &generator)
    posting.debit(1110, principal + interest, of: .loan, into: &entry)
    posting.credit(1100, principal, of: .loan, into: &entry)
    posting.credit(1200, interest, of: .loan, into: &entry)
  }

  /// Posts one of the adjustments that people make by hand.
  mutating func postManualAdjustment() {
    var posting = nextPosting()
    switch generator.below(4) {
    case 0: postProvision(&posting)
    case 1: postSweep(&posting)
    case 2: postProcessingCosts(&posting)
    default: postCurrencyExchange(&posting)
    }
  }

  private mutating func postProvision(_ posting: inout Posting) {
    let provision = posting.amount(200_000...1_000_000, from: &generator)
    posting.debit(5000, provision, into: &entry)
    posting.credit(1400, provision, into: &entry)
  }

  /// Draws on the warehouse facility to fund loans.
  private mutating func postSweep(_ posting: inout Posting) {
    let drawn = posting.amount(8_000_000...16_000_000, from: &generator)
    posting.reference = generator.below(9_999_999_999) + 1
    posting.debit(1000, drawn, of: .cash, into: &entry)
    posting.credit(2100, drawn, into: &entry)
  }

  private mutating func postProcessingCosts(_ posting: inout Posting) {
    let cards = posting.amount(1_000...9_000, from: &generator)
    let servicing = posting.amount(1_000...9_000, from: &generator)
    posting.debit(5200, cards, into: &entry)
    posting.debit(5300, servicing, into: &entry)
    posting.credit(2030, cards + servicing, into: &entry)
  }

  /// Sells one currency and buys another: two balanced pairs in one entry.
  private mutating func postCurrencyExchange(_ posting: inout Posting) {
    let isFirstSold = generator.happens(perMille: 500)
    posting.currency = tenant.currencies[isFirstSold ? 0 : 1]
    let sold = posting.amount(50_000...400_000, from: &generator)
    posting.debit(2900, sold, into: &entry)
    posting.credit(1000, sold, into: &entry)
    posting.currency = tenant.currencies[isFirstSold ? 1 : 0]
    let bought = posting.amount(50_000...400_000, from: &generator)
    posting.debit(1000, bought, into: &entry)
    posting.credit(2900, bought, into: &entry)
  }

  /// A posting for a loan of the tenant, in the loan's currency, settled.
  mutating func nextPosting() -> Posting {
    let loan = generator.below(tenant.loanCount)
    return Posting(tenant: tenant, loan: loan, currency: tenant.currency(ofLoan: loan))
  }
}
