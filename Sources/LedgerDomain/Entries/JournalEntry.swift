/// One debit or credit of an entry.
public struct JournalLine {
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
  /// The external reference's UTF-8 bytes; empty if there is none. Valid as long as the entry.
  public var externalReference: UnsafeBufferPointer<UInt8>

  /// Creates a line.
  public init(
    key: BalanceKey, direction: Direction, hasLoan: Bool, sequence: Int16,
    amountMinor: AmountMinor, loan: LedgerUUID, referenceFingerprint: UInt64,
    externalReference: UnsafeBufferPointer<UInt8> = UnsafeBufferPointer(start: nil, count: 0)
  ) {
    self.key = key
    self.direction = direction
    self.hasLoan = hasLoan
    self.sequence = sequence
    self.amountMinor = amountMinor
    self.loan = loan
    self.referenceFingerprint = referenceFingerprint
    self.externalReference = externalReference
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

  /// Creates the instant.
  public init(second: Int64, nanosecond: UInt32) {
    self.second = second
    self.nanosecond = nanosecond
  }

  /// Orders values as the store sorts rows.
  public static func < (left: PostedInstant, right: PostedInstant) -> Bool {
    (left.second, left.nanosecond) < (right.second, right.nanosecond)
  }
}

extension PostedInstant: LosslessStringConvertible {
  /// RFC 3339 in UTC: `2026-01-07T12:00:00Z`, with as many decimals as the instant has.
  public var description: String {
    var (digits, fraction) = (nanosecond == 0 ? 0 : 9, nanosecond)
    while digits > 0, fraction % 10 == 0 {
      fraction /= 10
      digits -= 1
    }
    return RFC3339.string(second: second, nanosecond: nanosecond, fractionDigits: digits)
  }

  /// The instant that `description` wrote; `nil` for any other text.
  public init?(_ text: String) {
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, let date = BusinessDate(parts[0]), parts[1].hasSuffix("Z") else {
      return nil
    }
    let clock = parts[1].dropLast().split(separator: ".", omittingEmptySubsequences: false)
    let numbers = clock[0].split(separator: ":", omittingEmptySubsequences: false).map {
      $0.utf8.count == 2 ? Int64($0) ?? -1 : -1
    }
    guard numbers.count == 3, numbers.allSatisfy({ $0 >= 0 }), clock.count <= 2 else { return nil }
    let fraction = (clock.count == 2 ? String(clock[1]) : "") + String(repeating: "0", count: 9)
    guard let nanosecond = UInt32(String(fraction.prefix(9))) else { return nil }
    self.init(
      second: Int64(date.dayNumber) * 86_400 + numbers[0] * 3600 + numbers[1] * 60 + numbers[2],
      nanosecond: nanosecond)
    guard description == text else { return nil }
  }
}

/// A balanced set of lines, as the reader hands it on.
///
/// The lines are in the reader's memory: an entry is valid only until the call that received it
/// returns. Copy what must outlive the call.
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
  /// The entry it reverses, if any.
  public var reverses: JournalEntryID?
  /// At least two lines, in the record's order.
  public var lines: UnsafeBufferPointer<JournalLine>

  /// Creates an entry.
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
