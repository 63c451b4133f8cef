extension EntryComposer {
  /// Appends the lines that post an event.
  mutating func post(_ event: DemoEvent) {
    switch event {
    case .accrual: postAccrual()
    case .paymentReceived: postPaymentReceived()
    case .paymentAllocated: postPaymentAllocated()
    case .paymentReturned: postPaymentReturned()
    case .disbursement: postDisbursement()
    case .disbursementSettled: postDisbursementSettled()
    case .feeAssessed: postFeeAssessed()
    case .feeWaived: postFeeWaived()
    case .chargeoff: postChargeoff()
    case .recovery: postRecovery()
    case .refinance: postRefinance()
    case .restructure: postRestructure()
    case .reversal, .manualAdjustment: postManualAdjustment()
    }
  }

  private mutating func postAccrual() {
    let posting = nextPosting()
    let interest = posting.amount(1_000...25_000, from: &generator)
    posting.debit(1200, interest, of: .loan, into: &entry)
    posting.credit(4000, interest, of: .loan, into: &entry)
    guard generator.happens(perMille: 200) else { return }
    let pastDue = posting.amount(100...4_000, from: &generator)
    posting.debit(1210, pastDue, of: .loan, into: &entry)
    posting.credit(4000, pastDue, into: &entry)
  }

  private mutating func postPaymentReceived() {
    var posting = nextPosting()
    let payment = posting.amount(20_000...200_000, from: &generator)
    posting.reference = generator.below(9_999_999_999) + 1
    posting.debit(1020, payment, of: .cash, into: &entry)
    posting.credit(2010, payment, of: .borrower, into: &entry)
  }

  private mutating func postPaymentAllocated() {
    let posting = nextPosting()
    let principal = posting.amount(10_000...80_000, from: &generator)
    let interest = posting.amount(2_000...30_000, from: &generator)
    let fees = generator.happens(perMille: 500) ? posting.amount(500...3_000, from: &generator) : 0
    let lateFees =
      generator.happens(perMille: 120) ? posting.amount(100...900, from: &generator) : 0
    let total = principal + interest + fees + lateFees
    posting.debit(2010, total, of: .borrower, into: &entry)
    posting.credit(1100, principal, of: .loan, into: &entry)
    posting.credit(1200, interest, of: .loan, into: &entry)
    if fees > 0 { posting.credit(1300, fees, of: .loan, into: &entry) }
    if lateFees > 0 { posting.credit(1310, lateFees, of: .loan, into: &entry) }
  }

  private mutating func postPaymentReturned() {
    var posting = nextPosting()
    let payment = posting.amount(20_000...120_000, from: &generator)
    let fee = posting.amount(1_500...3_500, from: &generator)
    posting.reference = generator.below(9_999_999_999) + 1
    posting.debit(2010, payment, of: .borrower, into: &entry)
    posting.credit(1020, payment, of: .cash, into: &entry)
    posting.debit(1310, fee, of: .loan, into: &entry)
    posting.credit(4020, fee, into: &entry)
  }

  private mutating func postDisbursement() {
    var posting = nextPosting()
    let principal = posting.amount(100_000...3_000_000, from: &generator)
    posting.layer = .pending
    posting.debit(1100, principal, of: .loan, into: &entry)
    posting.credit(2050, principal, of: .borrower, into: &entry)
    posting.layer = .encumbrance
    posting.debit(8000, principal, into: &entry)
    posting.credit(8100, principal, into: &entry)
  }

  private mutating func postDisbursementSettled() {
    var posting = nextPosting()
    let principal = posting.amount(100_000...3_000_000, from: &generator)
    posting.layer = .pending
    posting.debit(2050, principal, of: .borrower, into: &entry)
    posting.credit(1100, principal, of: .loan, into: &entry)
    posting.layer = .settled
    posting.reference = generator.below(9_999_999_999) + 1
    posting.debit(1100, principal, of: .loan, into: &entry)
    posting.credit(1000, principal, of: .cash, into: &entry)
    posting.layer = .encumbrance
    posting.debit(8100, principal, into: &entry)
    posting.credit(8000, principal, into: &entry)
  }

  private mutating func postFeeAssessed() {
    let posting = nextPosting()
    let fee = posting.amount(1_500...9_000, from: &generator)
    let isLate = generator.happens(perMille: 400)
    posting.debit(isLate ? 1310 : 1300, fee, of: .loan, into: &entry)
    posting.credit(isLate ? 4020 : 4010, fee, into: &entry)
  }

  private mutating func postFeeWaived() {
    let posting = nextPosting()
    let fee = posting.amount(1_000...4_000, from: &generator)
    posting.debit(5100, fee, into: &entry)
    posting.credit(1300, fee, of: .loan, into: &entry)
  }

  private mutating func postChargeoff() {
    let posting = nextPosting()
    let principal = posting.amount(50_000...500_000, from: &generator)
    let interest = posting.amount(1_000...20_000, from: &generator)
    posting.debit(1400, principal + interest, into: &entry)
    posting.credit(1100, principal, of: .loan, into: &entry)
    posting.credit(1200, interest, of: .loan, into: &entry)
  }

  private mutating func postRecovery() {
    var posting = nextPosting()
    let recovered = posting.amount(5_000...90_000, from: &generator)
    posting.reference = generator.below(9_999_999_999) + 1
    posting.debit(1020, recovered, of: .cash, into: &entry)
    posting.credit(4100, recovered, of: .loan, into: &entry)
  }
}
