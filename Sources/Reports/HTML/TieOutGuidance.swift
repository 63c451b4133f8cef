import LedgerDomain

/// The title of a check, what it verifies, and what to do if it fails or has no input.
struct TieOutGuidance {
  let title: String
  let meaning: String
  let remedy: String
  let missingInput: String

  /// The guidance of a check.
  static func of(_ check: TieOutCheck) -> TieOutGuidance {
    switch check {
    case .completeness: completeness
    case .doubleEntry: doubleEntry
    case .rollforward: rollforward
    case .ledgerIntegrity: ledgerIntegrity
    case .bankReconciliation: bankReconciliation
    case .portfolioRollup: portfolioRollup
    case .lateInput: lateInput
    case .openQuarantine: openQuarantine
    case .lockedPeriod: lockedPeriod
    }
  }

  private static let completeness = TieOutGuidance(
    title: "Completeness",
    meaning: "Parts, entries, lines and totals read match those that the exporter reports.",
    remedy:
      "Export the date again, then close it again with --reclose. The differences show what is "
      + "missing or surplus.",
    missingInput:
      "The export has no manifest. Have the exporter write one, then set require_manifest.")
  private static let doubleEntry = TieOutGuidance(
    title: "Double entry",
    meaning: "Debits equal credits in every entry, in the day's movements and in all balances.",
    remedy:
      "Have the unbalanced entries corrected in the ledger; the findings list them. They are "
      + "quarantined and not in any balance. If balances differ without such a finding, check the "
      + "opening balances.",
    missingInput: "There was nothing to compare.")
  private static let rollforward = TieOutGuidance(
    title: "Roll-forward",
    meaning: "Opening + backdated + movement = closing for every account, currency and layer.",
    remedy: "Leave the store as it is and run tieout verify to find out whether the store or the "
      + "calculation is wrong. Do not use the balances until then.",
    missingInput: "There was nothing to compare.")
  private static let ledgerIntegrity = TieOutGuidance(
    title: "Ledger integrity",
    meaning: "Every balance read back from the store equals the balance computed from the journal.",
    remedy:
      "Do not use the balances of the accounts listed. Run tieout verify, check the disk, and "
      + "restore the store from a backup if it was altered.",
    missingInput: "There was nothing to compare.")
  private static let bankReconciliation = TieOutGuidance(
    title: "Bank reconciliation",
    meaning: "The ledger's cash accounts agree with the bank statements, item by item.",
    remedy:
      "Review the outstanding items under Bank, oldest first. Items missing at the bank may be "
      + "in transit; items missing in the ledger must be posted; tieout settle matches or writes off what "
      + "nothing else can. An unexplained difference points to a wrong opening balance.",
    missingInput:
      "The bank's statement has not come yet. The next run, or tieout reconcile, takes it up.")
  private static let portfolioRollup = TieOutGuidance(
    title: "Portfolio roll-up",
    meaning: "The principal in the ledger equals the sum of the loan balances.",
    remedy: "Review the differences under Loan book by cause, then correct the side that is wrong: "
      + "the ledger with an entry, or the record in the servicing system.",
    missingInput:
      "No principal accounts are configured. Set principal_accounts and loan_tape in the job.")
  private static let lateInput = TieOutGuidance(
    title: "Late input",
    meaning: "The exports of the dates closed before are still those that were closed.",
    remedy:
      "Find out why the export changed or came late, then close the date again with --reclose. Until then "
      + "its balances do not include what came late.",
    missingInput: "The job does not compare closed dates with their exports.")
  private static let openQuarantine = TieOutGuidance(
    title: "Open quarantine",
    meaning: "No record of an earlier date is still left out of the balances.",
    remedy:
      "Have the records corrected and close their date again with --reclose, or record with "
      + "tieout accept who decided to leave them out, and why.",
    missingInput: "The records of earlier dates were not kept.")
  private static let lockedPeriod = TieOutGuidance(
    title: "Locked period",
    meaning: "No balance of a locked date was restated.",
    remedy:
      "Review the restatements: either publish them as they are, or change the effective dates "
      + "in the ledger to dates after the locked period and close again.",
    missingInput: "The job does not lock a period.")
}
