/// The severity of a finding.
public enum Severity: String, Sendable, CaseIterable {
  /// The record is quarantined: it is in no balance.
  case error
  /// Counted, but someone must look at it.
  case warning
  /// Worth knowing.
  case info
}

/// What a finding is about. Codes are stable; errors are listed in the order they are checked.
public enum FindingCode: String, Sendable, CaseIterable {
  case recordTooLong = "record_too_long"
  case malformedJSON = "malformed_json"
  case missingField = "missing_field"
  case invalidField = "invalid_field"
  case unknownCurrency = "unknown_currency"
  case tenantMismatch = "tenant_mismatch"
  case postedOutsideDate = "posted_outside_date"
  case unknownAccount = "unknown_account"
  case duplicateSequence = "duplicate_sequence"
  case unbalanced
  case duplicateEntry = "duplicate_entry"
  case conflictingDuplicate = "conflicting_duplicate"
  case entryAlreadyClosed = "entry_already_closed"
  case reversalMismatch = "reversal_mismatch"
  case reversalRepeated = "reversal_repeated"
  case accountLeftChart = "account_left_chart"
  case accountChanged = "account_changed"
  case statementMalformed = "statement_malformed"
  case statementUnknownAccount = "statement_unknown_account"
  case statementOpeningMismatch = "statement_opening_mismatch"
  case statementSumMismatch = "statement_sum_mismatch"
  case statementContradiction = "statement_contradiction"
  case statementIncomplete = "statement_incomplete"
  case statementRepeated = "statement_repeated"
  case statementDateMismatch = "statement_date_mismatch"
  case bankItemAmbiguous = "bank_item_ambiguous"
  case bankSettlementUnused = "bank_settlement_unused"
  case loanTapeMalformed = "loan_tape_malformed"
  case futureEffective = "future_effective"
  case effectiveBeforeOpening = "effective_before_opening"
  case lockedPeriod = "locked_period"
  case abnormalBalance = "abnormal_balance"
  case backdated

  /// The severity.
  public var severity: Severity {
    switch self {
    case .recordTooLong, .malformedJSON, .missingField, .invalidField, .unknownCurrency,
      .tenantMismatch, .postedOutsideDate, .unknownAccount, .duplicateSequence, .unbalanced,
      .duplicateEntry, .conflictingDuplicate, .entryAlreadyClosed:
      .error
    case .reversalMismatch, .reversalRepeated, .accountLeftChart, .accountChanged,
      .statementMalformed, .statementUnknownAccount, .statementOpeningMismatch,
      .statementSumMismatch, .statementContradiction, .statementIncomplete,
      .statementDateMismatch, .bankItemAmbiguous, .bankSettlementUnused, .loanTapeMalformed,
      .futureEffective,
      .effectiveBeforeOpening, .lockedPeriod, .abnormalBalance:
      .warning
    case .statementRepeated, .backdated: .info
    }
  }

  /// Its place in `allCases`: findings are reported in this order.
  public var order: Int { Self.orders[self] ?? Self.orders.count }

  private static let orders = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) })
}

/// A problem or fact that a close reports, with its location and a remedy.
public struct Finding: Hashable, Sendable {
  /// What it is about.
  public var code: FindingCode
  /// The part, if it is about a record.
  public var file: String?
  /// The record in the part, from 1.
  public var record: Int?
  /// Where the record begins, in bytes of the inflated part, from 0.
  public var byteOffset: Int?
  /// The entry, if its identifier could be read.
  public var entry: JournalEntryID?
  /// The field: `lines[0].amount_minor`.
  public var field: String?
  /// The account concerned.
  public var account: AccountCode?
  /// The currency concerned.
  public var currency: CurrencyCode?
  /// The layer concerned.
  public var layer: EntryLayer?
  /// Debits concerned, in minor units; `nil` where there are none or they pass 2^63 − 1.
  public var debitMinor: AmountMinor?
  /// Credits concerned, in minor units; `nil` where there are none or they pass 2^63 − 1.
  public var creditMinor: AmountMinor?
  /// What is wrong, and how to correct it.
  public var message: String

  /// A finding with only its code and message.
  public init(_ code: FindingCode, message: String) {
    self.code = code
    self.message = message
  }
}

/// How many findings of a code a close has, and how many of them were kept as rows.
public struct FindingCount: Hashable, Sendable {
  /// What they are about.
  public let code: FindingCode
  /// All of them; exact.
  public var count: Int
  /// How many have a row; the rest passed the limit.
  public var kept: Int

  /// Creates a count.
  public init(code: FindingCode, count: Int, kept: Int) {
    self.code = code
    self.count = count
    self.kept = kept
  }
}
