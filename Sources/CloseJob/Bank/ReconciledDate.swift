public import LedgerDomain
import SnapshotStore

/// A date of a bank account that a run reconciled again.
public struct ReconciledDate: Hashable, Sendable {
  /// The account's reference.
  public let account: String
  /// The date.
  public let date: BusinessDate
  /// Which version of the date's reconciliation it is now.
  public let version: Int
  /// How it ended.
  public let status: BankStatus
  /// The ledger's closing less the statement's, signed.
  public let differenceMinor: AmountMinor
  /// How many items are outstanding.
  public let outstanding: Int
  /// Whether a figure changed that somebody had certified.
  public let withdrawsCertification: Bool

  init(_ version: ReconciliationVersion, _ state: TenantState, _ reader: BookReader) throws {
    let bank = version.reconciliation
    (account, date, self.version) = (bank.account.reference, version.date, version.number)
    (status, differenceMinor) = (bank.status, bank.differenceMinor)
    outstanding = bank.outstanding.count
    withdrawsCertification =
      try reader.certification(of: version.closeID)?.withdrawnByBank == true
  }
}
