/// A journal entry before it is written.
struct DemoEntry: Sendable {
  /// `journal_entry_id`.
  var identifier = DemoIdentifier(high: 0, low: 0)
  /// `event_type`.
  var event = DemoEvent.accrual
  /// `effective_at`, in days since 1970-01-01.
  var effectiveDay: Int32 = 0
  /// `posted_at`, in milliseconds since midnight UTC of the business date.
  var postedMilliseconds = 0
  /// The offset `posted_at` is written with, in hours; 0 is written as `Z`.
  var postedOffsetHours = 0
  /// `correlation_id`, if it has one.
  var correlation: DemoIdentifier?
  /// `reverses_entry_id`, if it reverses an entry.
  var reverses: DemoIdentifier?
  /// `description`.
  var description: StaticString = ""
  /// `actor`.
  var actor: StaticString = ""
  /// Its lines.
  var lines: [DemoLine] = []
}

/// A line of a journal entry before it is written.
struct DemoLine: Sendable {
  /// `sequence`.
  var sequence: Int
  /// `account_code`, as a number.
  var account: Int
  /// Whether `direction` is `DR`.
  var isDebit: Bool
  /// `amount_minor`.
  var amount: Int
  /// Its currency.
  var currency: DemoCurrency
  /// Its layer.
  var layer: DemoLayer
  /// `loan_id`, if it belongs to a loan.
  var loan: DemoIdentifier?
  /// `borrower_id`, if it names the borrower.
  var borrower: DemoIdentifier?
  /// The number in `external_ref`; 0 if there is none.
  var reference = 0
}

/// The currencies of the demo ledger, and one that does not exist.
enum DemoCurrency: Int, CaseIterable, Sendable {
  case usd, eur, jpy, mxn, unknown

  /// How many of them exist.
  static let knownCount = 4

  /// The three letters.
  var code: StaticString {
    switch self {
    case .usd: "USD"
    case .eur: "EUR"
    case .jpy: "JPY"
    case .mxn: "MXN"
    case .unknown: "ZZZ"
    }
  }
}

/// The layers of the ledger.
enum DemoLayer: Int, CaseIterable, Sendable {
  case settled, pending, encumbrance

  /// The layer as an export writes it.
  var code: StaticString {
    switch self {
    case .settled: "SETTLED"
    case .pending: "PENDING"
    case .encumbrance: "ENCUMBRANCE"
    }
  }
}

/// The lending events, each with its share of a thousand entries.
enum DemoEvent: Int, CaseIterable, Sendable {
  case accrual, paymentReceived, paymentAllocated, disbursement, disbursementSettled, feeAssessed
  case feeWaived, paymentReturned, chargeoff, recovery, refinance, restructure, reversal
  case manualAdjustment

  /// How many of a thousand entries are of this event.
  var perMille: Int {
    switch self {
    case .accrual: 300
    case .paymentReceived: 180
    case .paymentAllocated: 190
    case .disbursement: 72
    case .disbursementSettled: 68
    case .feeAssessed: 60
    case .feeWaived, .refinance: 15
    case .paymentReturned: 20
    case .chargeoff, .recovery, .restructure, .reversal: 10
    case .manualAdjustment: 40
    }
  }

  /// The event as an export writes it.
  var code: StaticString {
    switch self {
    case .accrual: "accrual"
    case .paymentReceived: "payment_received"
    case .paymentAllocated: "payment_allocated"
    case .disbursement: "disbursement"
    case .disbursementSettled: "disbursement_settled"
    case .feeAssessed: "fee_assessed"
    case .feeWaived: "fee_waived"
    case .paymentReturned: "payment_returned"
    case .chargeoff: "chargeoff"
    case .recovery: "recovery"
    case .refinance: "refinance"
    case .restructure: "restructure"
    case .reversal: "reversal"
    case .manualAdjustment: "manual_adjustment"
    }
  }
}
