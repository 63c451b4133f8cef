import LedgerDomain

/// What `tieout init` saw and wrote, and what a person must fill in.
struct InitSheet {
  private static let currenciesNamedMax = 8
  private static let accountsNamedMax = 5

  private let draft: JobDraft
  private let job: String
  private let chart: String
  private let style: TerminalStyle
  private var survey: ExportSurvey { draft.survey }

  init(_ draft: JobDraft, job: String, chart: String, style: TerminalStyle) {
    self.draft = draft
    self.job = job
    self.chart = chart
    self.style = style
  }

  func text() -> String {
    var text = seen.map { paragraph($0) }.joined()
    text += "\n" + paragraph("wrote \(job) and \(chart)") + "\nFill in:\n"
    text += missing.map { paragraph("  - " + $0) }.joined()
    let doubts = doubts + survey.faults
    if !doubts.isEmpty {
      text += "\nLook at:\n" + doubts.map { paragraph("  - " + $0) }.joined()
    }
    let file = NextStep.quoted(job)
    let next =
      isUseless
      ? "the exports as they are cannot be closed; docs/export-format.md says what a record must have"
      : "next: tieout job check \(file), then tieout close --job \(file)"
    return text + "\n" + paragraph(next)
  }

  /// Whether every record that was seen would be refused.
  var isUseless: Bool { survey.sample.entries == 0 && survey.sample.rejected > 0 }

  /// What may be a mistake of the exporter, the kind with the most records first.
  private var doubts: [String] {
    let sample = survey.sample
    let kinds = sample.faultKinds.sorted { ($1.value.records, $0.key) < ($0.value.records, $1.key) }
    let refused = kinds.map { kind, fault in
      "\(kind): \(fault.records.counted("record")) would be quarantined, the first \(fault.first)"
    }
    let unknown = sample.currencies.filter { $0.key.minorUnitDigits == nil }.sorted {
      $0.key < $1.key
    }.map {
      "\($0.key) is not in ISO 4217: its entries would be quarantined (\($0.value.counted("line")))."
    }
    let rare = sample.entries > 100 ? sample.accounts.filter { $0.value.lines == 1 } : [:]
    let once = rare.sorted { $0.key < $1.key }.prefix(Self.accountsNamedMax).map {
      "account \($0.key) has a single line, in \($0.value.place): leave it out of the chart if it is a mistake."
    }
    return refused + unknown + once
  }

  private var seen: [String] {
    let sample = survey.sample
    var lines = ["\(survey.root): \(survey.tenants.count.counted("tenant"))"]
    if let dates = survey.dates { lines[0] += ", \(dates.lowerBound) to \(dates.upperBound)" }
    lines.append(
      "looked into \(sample.parts.counted("part")): \(ReadableText.grouped(sample.entries)) "
        + "\(sample.entries == 1 ? "entry" : "entries"), \(sample.accounts.count.counted("account"))\(currencies)"
    )
    if survey.datesListed > 0 {
      let count =
        survey.manifests == survey.datesListed
        ? "every date" : "\(survey.manifests) of \(survey.datesListed) dates"
      lines.append(survey.manifests == 0 ? "no manifests" : "manifests on \(count)")
    }
    if draft.statements.root != nil {
      let understood = draft.statements.understood
      lines.append(
        "looked into \(draft.statements.files.counted("bank file")), \(understood) understood: "
          + draft.statements.accounts.count.counted("bank account"))
    }
    if draft.loanTape != nil { lines.append("loan tapes") }
    return lines
  }

  private var currencies: String {
    let sorted = survey.sample.currencies.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    if sorted.isEmpty { return "" }
    let named = sorted.prefix(Self.currenciesNamedMax).map(\.key.description)
    return ", " + named.joined(separator: " ") + (sorted.count > named.count ? " …" : "")
  }

  private var missing: [String] {
    var lines: [String] = []
    let sample = survey.sample
    if sample.accounts.isEmpty {
      lines.append("\(chart): your accounts. No entry was seen, so it has a heading only.")
    } else {
      lines.append(
        "\(chart): the name of each account, and its normal side: DR or CR is a guess, from where most was posted. "
          + "Add accounts that the sample did not show.")
    }
    lines.append("time_zone: " + timeZone)
    if let first = survey.dates?.lowerBound {
      lines.append(
        "opening: balances at the end of \(first.advanced(by: -1)), unless the ledger begins then.")
    }
    if survey.missingDates > 0 {
      lines.append(
        "missing_dates: \(survey.missingDates.counted("date has", "dates have")) no directory.")
    }
    lines.append("tenant_names: what people call the tenants.")
    if draft.statements.root != nil { lines.append("bank_accounts: the ledger's account of each.") }
    if draft.loanTape != nil { lines.append("principal_accounts: those that hold principal.") }
    return lines
  }

  /// How well UTC fits what was seen.
  private var timeZone: String {
    let (outside, entries) = (survey.sample.postedOutside, survey.sample.entries)
    if entries == 0 { return "no entry was seen that could tell." }
    if outside == 0 { return "UTC fits every entry that was seen." }
    let words =
      "\(outside) of \(entries) entries were posted, in UTC, on another date than their directory's"
    return outside * 20 > entries ? words + ": it is probably another zone." : words + "."
  }

  private func paragraph(_ text: String) -> String {
    DisplayText.paragraph(HarmlessText.of(text), to: style.tableColumns, indent: 4)
  }
}
