/// One debit or credit of an entry.
public struct JournalLine: Sendable {
  /// Account, currency and layer.
  public var key: BalanceKey
  /// Debit or credit.
  public var direction: Direction
  /// Whether the line names a loan.
  public var hasLoan: Bool
  /// 1…32767, unique in the entry.
  public var sequence: Int16
  /// Not negative.
  public var amountMinor: AmountMinor
  /// The loan, if `hasLoan`.
  public var loan: LedgerUUID
  /// A fingerprint of loan, borrower and external reference, for telling duplicates from conflicts.
  public var referenceFingerprint: UInt64

  /// A line of these.
  public init(
    key: BalanceKey, direction: Direction, hasLoan: Bool, sequence: Int16,
    amountMinor: AmountMinor, loan: LedgerUUID, referenceFingerprint: UInt64
  ) {
    self.key = key
    self.direction = direction
    self.hasLoan = hasLoan
    self.sequence = sequence
    self.amountMinor = amountMinor
    self.loan = loan
    self.referenceFingerprint = referenceFingerprint
  }
}

/// What an entry records.
public enum EventType: UInt8, Sendable, CaseIterable {
  case disbursement, disbursementSettled, accrual, paymentReceived, paymentAllocated
  case paymentReturned, feeAssessed, feeWaived, chargeoff, recovery, refinance, restructure
  case reversal, manualAdjustment

  /// The code as the export writes it: `payment_received`.
  public var code: String {
    switch self {
    case .disbursement: "disbursement"
    case .disbursementSettled: "disbursement_settled"
    case .accrual: "accrual"
    case .paymentReceived: "payment_received"
    case .paymentAllocated: "payment_allocated"
    case .paymentReturned: "payment_returned"
    case .feeAssessed: "fee_assessed"
    case .feeWaived: "fee_waived"
    case .chargeoff: "chargeoff"
    case .recovery: "recovery"
    case .refinance: "refinance"
    case .restructure: "restructure"
    case .reversal: "reversal"
    case .manualAdjustment: "manual_adjustment"
    }
  }
}

/// The instant the ledger recorded an entry: another thing than the date it counts from.
public struct PostedInstant: Hashable, Comparable, Sendable {
  /// Whole seconds since 1970-01-01T00:00:00Z.
  public var second: Int64
  /// Nanoseconds after that second; digits past the ninth are not kept.
  public var nanosecond: UInt32

  /// The instant of these.
  public init(second: Int64, nanosecond: UInt32) {
    self.second = second
    self.nanosecond = nanosecond
  }

  /// Orders as rows are sorted.
  public static func < (left: PostedInstant, right: PostedInstant) -> Bool {
    (left.second, left.nanosecond) < (right.second, right.nanosecond)
  }
}

/// A balanced set of lines, as the reader hands it on.
///
/// The lines lie in the reader's memory: an entry is valid only until the call that received it
/// returns. Whoever keeps something of it copies it.
public struct JournalEntry {
  /// The entry's identifier.
  public var id: JournalEntryID
  /// The tenant the record names, if it names one.
  public var tenant: TenantID?
  /// What it records.
  public var eventType: EventType
  /// The date it counts from.
  public var effectiveDate: BusinessDate
  /// When the ledger recorded it.
  public var posted: PostedInstant
  /// The entry it reverses, if it says so.
  public var reverses: JournalEntryID?
  /// At least two lines, in the record's order.
  public var lines: UnsafeBufferPointer<JournalLine>

  /// An entry of these.
  public init(
    id: JournalEntryID, tenant: TenantID?, eventType: EventType, effectiveDate: BusinessDate,
    posted: PostedInstant, reverses: JournalEntryID?, lines: UnsafeBufferPointer<JournalLine>
  ) {
    self.id = id
    self.tenant = tenant
    self.eventType = eventType
    self.effectiveDate = effectiveDate
    self.posted = posted
    self.reverses = reverses
    self.lines = lines
  }
}
