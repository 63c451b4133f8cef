/// The reconciliation of a bank account at a date, as it was known at some time.
///
/// Statements come after the close, so a date is reconciled again when one does: each time gives a version.
public struct ReconciliationVersion: Hashable, Sendable {
  /// The comparison.
  public let reconciliation: BankReconciliation
  /// The business date.
  public let date: BusinessDate
  /// Which version of the date's it is, from 1.
  public let number: Int
  /// The close whose balance was compared.
  public let closeID: CloseID
  /// When it was made, RFC 3339 in UTC.
  public let madeAt: String
  /// What is wrong with the statements.
  public let findings: [Finding]

  /// Creates a version.
  public init(
    reconciliation: BankReconciliation, date: BusinessDate, number: Int, closeID: CloseID,
    madeAt: String, findings: [Finding] = []
  ) {
    self.reconciliation = reconciliation
    self.date = date
    self.number = number
    self.closeID = closeID
    self.madeAt = madeAt
    self.findings = findings
  }
}

/// One line of the history of a date: when its reconciliation became what.
public struct ReconciliationStep: Hashable, Sendable {
  /// Which version it is, from 1.
  public let number: Int
  /// How it ended.
  public let status: BankStatus
  /// The ledger's closing less the statement's, signed.
  public let differenceMinor: AmountMinor
  /// How many items were outstanding; `nil` without a statement.
  public let outstandingCount: Int?
  /// When it was made, RFC 3339 in UTC.
  public let madeAt: String

  /// Creates a step.
  public init(
    number: Int, status: BankStatus, differenceMinor: AmountMinor, outstandingCount: Int?,
    madeAt: String
  ) {
    self.number = number
    self.status = status
    self.differenceMinor = differenceMinor
    self.outstandingCount = outstandingCount
    self.madeAt = madeAt
  }
}
