import LedgerDomain

/// What a check is called, what it proves, and what to do when it fails or has no input.
struct TieOutGuidance {
  let title: String
  let meaning: String
  let remedy: String
  let missing: String

  /// The guidance of a check.
  static func of(_ check: TieOutCheck) -> TieOutGuidance {
    switch check {
    case .completeness: completeness
    case .doubleEntry: doubleEntry
    case .rollforward: rollforward
    case .ledgerIntegrity: ledgerIntegrity
    case .bankReconciliation: bankReconciliation
    case .portfolioRollup: portfolioRollup
    case .lockedPeriod: lockedPeriod
    }
  }

  private static let completeness = TieOutGuidance(
    title: "Completeness",
    meaning: "What was read is what the exporter says it wrote: parts, entries, lines and totals.",
    remedy: "Have the exporter write the date again, then close it again with --reclose. The "
      + "differences say what is missing or too much.",
    missing: "The export has no manifest. Have the exporter write one, and set require_manifest.")
  private static let doubleEntry = TieOutGuidance(
    title: "Double entry",
    meaning: "Debits equal credits in every entry, over the day and over all balances.",
    remedy: "Look at the findings unbalanced and have those entries corrected in the ledger; they "
      + "are quarantined and in no balance. If balances differ without such a finding, check the "
      + "opening balances.",
    missing: "There was nothing to compare.")
  private static let rollforward = TieOutGuidance(
    title: "Roll-forward",
    meaning: "Opening + backdated + movement = closing for every account, currency and layer.",
    remedy: "Keep the store as it is and run tieout verify: it says whether the store or the "
      + "calculation is wrong. Do not use the balances until it is known.",
    missing: "There was nothing to compare.")
  private static let ledgerIntegrity = TieOutGuidance(
    title: "Ledger integrity",
    meaning: "Every balance, read back from the store, is what the journal gives.",
    remedy: "Do not use the balances of the accounts named. Run tieout verify, check the disk, and "
      + "restore the store from a backup if it was altered.",
    missing: "There was nothing to compare.")
  private static let bankReconciliation = TieOutGuidance(
    title: "Bank reconciliation",
    meaning: "The ledger's cash accounts agree with the bank's statements, item by item.",
    remedy: "Go through the outstanding items under Bank, the oldest first: what is missing at the "
      + "bank may be in transit, what is missing in the ledger must be posted. A part of the "
      + "difference that is unexplained points to a wrong opening balance.",
    missing: "No statement was given. Put the bank's statements where the job looks for them.")
  private static let portfolioRollup = TieOutGuidance(
    title: "Portfolio roll-up",
    meaning: "The principal in the ledger is the sum of the loans.",
    remedy: "Go through the differences under Loan book by their cause, and have the side that is "
      + "wrong corrected: the ledger by an entry, the servicing system by its own means.",
    missing: "No principal accounts were given. Name them in the job, and give the loan tape.")
  private static let lockedPeriod = TieOutGuidance(
    title: "Locked period",
    meaning: "No balance of a locked date was restated.",
    remedy: "See the restatements: decide whether they are published as they are, or have the "
      + "entries dated after the lock in the ledger and close again.",
    missing: "The job locks no period.")
}
