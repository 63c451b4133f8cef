import LedgerDomain

/// `index.html` of a tenant's month in a pack: self-contained, without a script, made from the files beside it.
struct MonthPage {
  /// The most accounts that a table of the page lists; the files have all.
  static let rowsMax = 1_000

  private enum Slot: String, CaseIterable {
    case style, matters
    case trialBalance = "trial_balance"
    case totals, rollforward, restatements, bank, days, faults, digests, files
  }

  private static let template = PageTemplate<Slot>(Templates.pack_month_mustache)

  let record: MonthRecord
  /// The SHA-256 of each file beside it.
  let digests: [PackFile: String]
  /// Whether the pack has an index of several tenants.
  let hasIndex: Bool

  func write(to output: inout ReportOutput) throws(ReportError) {
    var html = HTMLWriter()
    let variables = variables
    for fragment in Self.template.fragments {
      try output.write(fragment.render(variables))
      guard let slot = fragment.slot else { continue }
      try fill(slot, &html, &output)
      try html.flush(to: &output, atEnd: true)
    }
  }

  private func fill(
    _ slot: Slot, _ html: inout HTMLWriter, _ output: inout ReportOutput
  ) throws(ReportError) {
    let (rows, chart) = (record.rollforward, record.chart)
    switch slot {
    case .style: try output.write(PageAssets.packStyle.bytes)
    case .matters: MonthSections.writeMatters(record.matters, to: &html)
    case .trialBalance:
      try TrialBalanceSection.write(rows, chart, rowsMax: Self.rowsMax, to: &html, &output)
    case .totals: MonthTotals.write(record, to: &html)
    case .rollforward:
      try RollforwardSection.write(rows, chart, rowsMax: Self.rowsMax, to: &html, &output)
    case .restatements: MonthSections.writeRestatements(record, to: &html)
    case .bank:
      try BankSection.write(
        record.bankAccounts, on: record.dates.upperBound, chart, to: &html, &output)
    case .days: MonthSections.writeDays(record.days, to: &html)
    case .faults: PackEvidence.writeFaults(record.verification.faults, to: &html)
    case .digests: PackEvidence.writeDigests(record.days, to: &html)
    case .files: PackEvidence.writeFiles(digests, to: &html)
    }
  }

  private var variables: [String: Any] {
    var values: [String: Any] = [
      "style_hash": PageAssets.packStyle.policyHash, "month": record.month.description,
      "month_title": PackWording.title(record.month),
      "first": record.dates.lowerBound.description, "last": record.dates.upperBound.description,
      "tenant": record.tenant.description, "has_index": hasIndex, "root": hasIndex ? "../" : "",
      "head": record.head.closeID.description, "head_digest": record.head.chainDigest,
      "head_date": record.head.businessDate.description,
      "verdict": PackWording.verdict(record), "verification": PackWording.verification(record),
      "verdict_status": record.matters.isEmpty && record.isProved ? "clean" : "breaks",
      "proof_status": record.isProved ? "good" : "bad",
      "has_matters": !record.matters.isEmpty,
      "matters_tone": record.matters.isEmpty ? "none" : "error",
      "has_restatements": !record.restatements.isEmpty, "has_bank": !record.bankAccounts.isEmpty,
      "certified_status": certificationStanding,
      "opening_words": openingWords, "certification_words": certificationWords,
      "proof": record.proof.first?.detail ?? "",
      "banks": String(record.bankAccounts.count),
      "days_all": String(record.dates.lowerBound.days(to: record.month.dates.upperBound) + 1),
    ]
    values["tenant_name"] = record.name
    if !record.isFirst {
      values["opening_date"] = record.dates.lowerBound.advanced(by: -1).description
    }
    let most = record.rollforward.byPair.map(\.rows.count).max() ?? 0
    if most > Self.rowsMax {
      values["cut"] =
        "Each table lists the first \(HTMLWriter.string { $0.count(Self.rowsMax) }) accounts."
    }
    for (name, count) in counts {
      values[name] = HTMLWriter.string { $0.count(count) }
      values[name + "_minor"] = String(count)
    }
    return values
  }

  private var counts: [String: Int] {
    [
      "days": record.days.count, "certified": record.datesCertified,
      "matters": record.matters.count, "balances": record.rollforward.count,
      "restated": record.balancesRestatedLater,
      "reconciled": record.bankAccounts.count {
        $0.version.reconciliation.status == .reconciled
      },
    ]
  }

  private var openingWords: String {
    record.isFirst
      ? "Opening (the opening balances of the books, which begin on \(record.dates.lowerBound))"
      : "Opening (the end of \(record.dates.lowerBound.advanced(by: -1)))"
  }

  private var certificationStanding: String {
    if record.days.contains(where: { $0.cell.certification == .withdrawn }) { return "withdrawn" }
    return record.datesCertified == record.days.count ? "valid" : "missing"
  }

  private var certificationWords: String {
    let missing = record.days.filter { $0.cell.certification != .valid }
      .map(\.header.businessDate.description)
    if missing.isEmpty { return "Every date is certified." }
    if missing.count == record.days.count { return "No date is certified." }
    return "Not certified: \(missing.joined(separator: ", "))."
  }
}

extension MonthRecord {
  /// How many balances closes of dates after the month changed.
  var balancesRestatedLater: Int {
    restatements.reduce(0) {
      $0 + ($1.header.businessDate > month.dates.upperBound ? $1.balances : 0)
    }
  }
}
