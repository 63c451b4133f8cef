/// Why a tenant's date could not be closed, or a question about its books could not be answered.
///
/// Nothing of a refused date is published, and the other tenants are closed.
public struct CloseRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of refusal. Their raw values are stable, and `docs/runbook.md` explains each.
  public enum Code: String, Sendable, CaseIterable {
    /// A figure of the bank comparison exceeds 64 bits.
    case amountOverflow = "amount_overflow"
    /// The tenant has no books, but reports of an earlier close exist.
    case booksMissing = "books_missing"
    /// The date is before the tenant's first close.
    case beforeOpening = "before_opening"
    /// The range begins after the first date that is not closed.
    case gap
    /// The export of a closed date changed, or a part of it came late, and the job closes nothing then.
    case lateInput = "late_input"
    /// The tenant, or the date, has no export.
    case missingExport = "missing_export"
    /// The records are not accepted, so nothing can be taken back.
    case notAccepted = "not_accepted"
    /// The date is not closed.
    case notClosed = "not_closed"
    /// The quarantined records are accepted already, or need no acceptance.
    case notOpen = "not_open"
    /// No such item is outstanding on the bank account, so nothing can be settled.
    case notOutstanding = "not_outstanding"
    /// No such settlement stands, so nothing can be taken back.
    case notSettled = "not_settled"
    /// The close did not quarantine such a record.
    case notQuarantined = "not_quarantined"
    /// There are neither exports nor books.
    case nothingExported = "nothing_exported"
    /// The opening balances are as of another day than the one before the first close.
    case openingDateMismatch = "opening_date_mismatch"
    /// The export of a closed date has changed.
    case otherInput = "other_input"
    /// The tenant's books are in another time zone than the job's.
    case timeZoneChanged = "time_zone_changed"
    /// More records would be quarantined than the job allows.
    case tooManyQuarantined = "too_many_quarantined"
    /// The chart does not have the account.
    case unknownAccount = "unknown_account"
  }

  /// The kind of refusal.
  public let code: Code
  /// What happened and what to do about it.
  public let message: String

  /// A refusal with that message.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message, followed by the code in brackets.
  public var description: String { "\(message) [\(code.rawValue)]" }
}
