import LedgerDomain

/// The variables of the page template: verdict, certification, key figures and digests.
enum PageVariables {
  /// The variables by their names in the template.
  static func of(_ record: CloseRecord) -> [String: Any] {
    let header = record.header
    let findings = record.findingCounts.reduce(0) { $0 + $1.count }
    var values: [String: Any] = [
      "style_hash": PageAssets.style.policyHash, "script_hash": PageAssets.script.policyHash,
      "date": header.businessDate.description, "close_id": header.closeID.description,
      "tenant": header.tenant.description, "verdict": Verdict.sentence(record),
      "verdict_status": header.status == .clean ? "clean" : "breaks",
      "breaks": String(Verdict.breaks(record).count), "input_digest": header.inputDigest,
      "chain_digest": header.chainDigest, "started_at": header.startedAt,
      "finished_at": header.finishedAt, "certification": certification(record),
      "has_balances": !record.rollforward.isEmpty, "has_history": !record.history.isEmpty,
      "has_bank": !record.bankReconciliations.isEmpty, "has_loans": record.portfolioRollup != nil,
      "has_quarantine": !record.quarantine.counts.isEmpty,
      "has_findings": !record.findingCounts.isEmpty,
      "has_restatements": !record.restatements.isEmpty,
      "listing": FindingsSection.listingSentence(record),
      "restatements_lead": RestatementsSection.lead(record),
    ]
    if !record.earlierBalances.isEmpty { values["changes_lead"] = ChangesSection.lead(record) }
    values["tenant_name"] = record.tenantName
    values["next_date"] = header.businessDate.advanced(by: 1).description
    // The books have no gaps: a date before it in the history is the one before.
    if record.history.contains(where: { $0.businessDate < header.businessDate }) {
      values["previous_date"] = header.businessDate.advanced(by: -1).description
    }
    values["replaces"] = header.replaces?.description
    if !record.restatedBy.isEmpty { values["restated_since"] = restated(record) }
    values["certified_digest"] = record.certification?.chainDigest
    values["loans_source"] = record.portfolioRollup.map(LoanSection.sourceSentence)
    let counts = [
      "read": header.recordsRead, "accepted": header.entriesAccepted,
      "quarantined": header.recordsQuarantined, "findings": findings,
      "restated": record.restatements.count,
    ]
    for (name, count) in counts {
      values[name] = HTMLWriter.string { $0.count(count) }
      values[name + "_minor"] = String(count)
    }
    return values
  }

  /// The warning that later closes restated these figures.
  private static func restated(_ record: CloseRecord) -> String {
    let (close, date) = (record.header.closeID, record.header.businessDate)
    let closes = record.restatedBy.map(\.description).joined(separator: ", ")
    let dates = Set(record.restatedBy.map(\.businessDate)).sorted().map(\.description)
    return
      "Restated since by \(closes). This page shows the figures of close \(close). For the changes, "
      + "see restatements.csv of \(dates.joined(separator: ", ")); for the current balances, run "
      + "tieout balance --as-of \(date)."
  }

  private static func certification(_ record: CloseRecord) -> [String: Any] {
    guard let certification = record.certification else {
      return ["standing": "missing", "sentence": "Not certified yet."]
    }
    var values: [String: Any] = ["standing": "valid"]
    let signed = "close \(certification.closeID) on \(certification.certifiedAt)"
    values["sentence"] = "Certified by \(certification.name): \(signed)."
    if let withdrawing = certification.withdrawnBy {
      values["standing"] = "withdrawn"
      values["sentence"] =
        "Certification withdrawn by close \(withdrawing): \(certification.name) had certified "
        + "\(signed)."
    }
    if certification.withdrawnBy == nil && certification.withdrawnByBank {
      values["standing"] = "withdrawn"
      values["sentence"] =
        "Certification withdrawn because a figure of a bank account changed: \(certification.name) had "
        + "certified \(signed)."
    }
    if !certification.note.isEmpty { values["note"] = certification.note }
    return values
  }
}
