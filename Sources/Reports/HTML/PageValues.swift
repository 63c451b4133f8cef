import LedgerDomain

/// What the page says once: the verdict, who certified it, the figures at its head, the digests.
enum PageValues {
  /// The values by the names that the page's template has for them.
  static func of(_ record: CloseRecord) -> [String: Any] {
    let header = record.header
    let findings = record.findingCounts.reduce(0) { $0 + $1.count }
    var values: [String: Any] = [
      "style_hash": PageAssets.style.policyName, "script_hash": PageAssets.script.policyName,
      "date": header.businessDate.description, "close_id": header.closeID.description,
      "tenant": header.tenant.description, "verdict": Verdict.sentence(record),
      "verdict_status": header.status == .clean ? "clean" : "breaks",
      "breaks": String(Verdict.breaks(record).count), "input_digest": header.inputDigest,
      "chain_digest": header.chainDigest, "started_at": header.startedAt,
      "finished_at": header.finishedAt, "certification": certification(record),
      "has_balances": !record.rollforward.isEmpty, "has_history": !record.history.isEmpty,
      "has_bank": !record.bankReconciliations.isEmpty, "has_loans": record.portfolioRollup != nil,
      "has_findings": !record.findingCounts.isEmpty,
      "has_restatements": !record.restatements.isEmpty,
      "listing": FindingsSection.listingSentence(record),
      "restatements_lead": RestatementsSection.lead(record),
    ]
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
      values[name] = HTMLText.string { $0.count(count) }
      values[name + "_minor"] = String(count)
    }
    return values
  }

  /// What whoever signs, or reads what was signed, must know: these figures do not count any more.
  private static func restated(_ record: CloseRecord) -> String {
    let (close, date) = (record.header.closeID, record.header.businessDate)
    let closes = record.restatedBy.map(\.description).joined(separator: ", ")
    let dates = Set(record.restatedBy.map(\.businessDate)).sorted().map(\.description)
    return
      "Restated since by \(closes). The figures here are those of close \(close). What changed is in "
      + "restatements.csv of \(dates.joined(separator: ", ")); what counts now is in tieout balance "
      + "--as-of \(date)."
  }

  private static func certification(_ record: CloseRecord) -> [String: Any] {
    guard let certification = record.certification else {
      return ["standing": "missing", "sentence": "Nobody has certified it yet."]
    }
    var values: [String: Any] = ["standing": "valid"]
    let signed = "close \(certification.closeID) on \(certification.certifiedAt)"
    values["sentence"] = "Certified by \(certification.name): \(signed)."
    if let withdrawing = certification.withdrawnBy {
      values["standing"] = "withdrawn"
      values["sentence"] =
        "Certification withdrawn by close \(withdrawing): \(certification.name) had certified \(signed)."
    }
    if !certification.note.isEmpty { values["note"] = certification.note }
    return values
  }
}

/// How the close ended, in one sentence.
enum Verdict {
  /// The checks that fail.
  static func breaks(_ record: CloseRecord) -> [TieOutCheck] {
    TieOutCheck.allCases.filter { record.tieOuts.status(of: $0) == .fail }
  }

  /// `Closed with 2 breaks and 1 quarantined record.`
  static func sentence(_ record: CloseRecord) -> String {
    guard record.header.status != .clean else { return "Everything ties out." }
    let parts = [
      Wording.count(breaks(record).count, "break", "breaks"),
      Wording.count(record.header.recordsQuarantined, "quarantined record", "quarantined records"),
    ].filter { !$0.hasPrefix("0 ") }
    return parts.isEmpty
      ? "Closed with breaks." : "Closed with \(parts.joined(separator: " and "))."
  }
}

/// Words that several sections use.
enum Wording {
  /// `1 break`, `12,000 breaks`.
  static func count(_ count: Int, _ one: String, _ many: String) -> String {
    "\(HTMLText.string { $0.count(count) }) \(count == 1 ? one : many)"
  }

  /// How a check ended.
  static func of(_ status: TieOutStatus) -> String {
    switch status {
    case .pass: "ties out"
    case .fail: "break"
    case .inconclusive: "no input"
    }
  }
}

extension CloseRecord {
  /// Debits and credits over all accounts, by currency and layer in their order.
  var closingTotals: [CurrencyLayerTotals] {
    var sums: [CurrencyLayer: WideTotals] = [:]
    for row in rollforward { sums[row.key.pair, default: WideTotals()].add(row.closing) }
    return sums.sorted { $0.key < $1.key }.map {
      CurrencyLayerTotals(pair: $0.key, totals: $0.value)
    }
  }

  /// The rows of each currency and layer, in their order.
  var rollforwardByPair: [(pair: CurrencyLayer, rows: [RollforwardRow])] {
    Dictionary(grouping: rollforward) { $0.key.pair }.sorted { $0.key < $1.key }.map {
      ($0.key, $0.value)
    }
  }
}
