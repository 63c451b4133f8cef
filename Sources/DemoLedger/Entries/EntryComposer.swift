/// Composes the entries of a tenant's day: an event, a loan and the lines that post it.
///
/// The amounts are chosen so that every account drifts to its normal side: an abnormal balance of
/// a tree that opens with balances is one that was planted.
struct EntryComposer {
  /// How many days before the business date an entry may be effective.
  static let backdatedDaysMax = 5

  /// The tenant whose loans are posted.
  let tenant: DemoTenant
  /// The business date, in days since 1970-01-01.
  let businessDay: Int32
  /// How many days before the business date the tree has: how far an entry may be backdated.
  let dayIndex: Int
  /// Where every choice comes from.
  var generator: SeededGenerator

  /// The entry being composed.
  var entry = DemoEntry()
  /// An accepted entry of the same day that may still be reversed, once.
  private(set) var reversible: DemoEntry?
  private let events: [DemoEvent]

  /// A composer at the start of a day.
  init(tenant: DemoTenant, businessDay: Int32, dayIndex: Int) {
    self.tenant = tenant
    self.businessDay = businessDay
    self.dayIndex = dayIndex
    generator = tenant.generator(dateIndex: dayIndex)
    events = DemoEvent.allCases.flatMap { Array(repeating: $0, count: $0.perMille) }
  }

  /// Composes the next entry, posted at that millisecond of the day.
  mutating func composeNext(postedMilliseconds: Int) {
    var event = events[generator.below(events.count)]
    if event == .reversal && reversible == nil { event = .manualAdjustment }
    compose(event, postedMilliseconds: postedMilliseconds)
    if event != .reversal { backdateSometimes() }
    if generator.happens(perMille: 5) { entry.postedOffsetHours = 2 }
    if reversible == nil && event != .reversal && entry.effectiveDay == businessDay {
      reversible = entry
    }
  }

  /// Composes an entry of that event, effective on the business date.
  mutating func compose(_ event: DemoEvent, postedMilliseconds: Int) {
    entry.identifier = DemoIdentifier(from: &generator)
    entry.event = event
    entry.effectiveDay = businessDay
    entry.postedMilliseconds = postedMilliseconds
    entry.postedOffsetHours = 0
    entry.correlation =
      generator.happens(perMille: 800) ? DemoIdentifier(from: &generator) : nil
    entry.reverses = nil
    entry.actor = event.actor
    let descriptions = event.descriptions
    entry.description = generator.happens(perMille: 700) ? descriptions.0 : descriptions.1
    if event == .reversal, let original = reversible {
      reverse(original)
    } else {
      entry.lines.removeAll(keepingCapacity: true)
      post(event)
    }
  }

  /// Turns the entry into the exact mirror of an earlier one.
  private mutating func reverse(_ original: DemoEntry) {
    entry.reverses = original.identifier
    entry.lines = original.lines
    for index in entry.lines.indices { entry.lines[index].isDebit.toggle() }
    reversible = nil
  }

  /// Dates about 15 in 1,000 entries back by one to five days, never before the first date.
  private mutating func backdateSometimes() {
    guard dayIndex > 0, generator.happens(perMille: 15) else { return }
    let days = min(dayIndex, generator.within(1...Self.backdatedDaysMax))
    entry.effectiveDay = businessDay - Int32(days)
  }
}

extension DemoEvent {
  /// Who posts entries of this event.
  fileprivate var actor: StaticString {
    switch self {
    case .accrual: "svc:accrual-engine"
    case .paymentReceived, .paymentReturned: "svc:payments-gateway"
    case .paymentAllocated: "svc:payment-waterfall"
    case .disbursement, .disbursementSettled: "svc:disbursements"
    case .feeAssessed: "svc:fee-engine"
    case .feeWaived, .restructure: "user:m.okafor"
    case .chargeoff, .recovery: "user:s.lindqvist"
    case .refinance: "svc:originations"
    case .reversal, .manualAdjustment: "user:j.almeida"
    }
  }

  /// The usual description and a rarer one.
  fileprivate var descriptions: (StaticString, StaticString) {
    switch self {
    case .accrual: ("Daily interest accrual, actual/365", "Daily interest accrual, 30/360")
    case .paymentReceived: ("Borrower payment received", "Borrower payment received, lockbox")
    case .paymentAllocated: ("Payment applied by waterfall", "Payment applied to oldest due")
    case .paymentReturned: ("Payment returned by bank, R01", "Payment returned by bank, R09")
    case .disbursement: ("Loan disbursement initiated", "Loan disbursement, second draw")
    case .disbursementSettled: ("Loan disbursement settled", "Disbursement settled, same day")
    case .feeAssessed: ("Servicing fee assessed", "Late fee assessed, 10 days past due")
    case .feeWaived: ("Fee waived, goodwill", "Fee waived, complaint upheld")
    case .chargeoff: ("Charge-off, 120 days past due", "Charge-off, bankruptcy")
    case .recovery: ("Recovery from collections agency", "Recovery from collateral sale")
    case .refinance: ("Loan refinanced", "Loan refinanced, rate reduced")
    case .restructure: ("Loan restructured", "Hardship plan, interest capitalised")
    case .reversal: ("Reversal of a posting error", "Reversal, duplicate instruction")
    case .manualAdjustment: ("Month-end adjustment", "Treasury adjustment")
    }
  }
}
