import LedgerDomain

/// The quarantined records: what they add up to, who decided about them, and each with its state.
enum QuarantineSection {
  /// The most records on the page.
  static let recordsMax = 1_000

  enum CountField: String { case code, records, open, accepted }
  enum TotalField: String {
    case state, currency, layer, debit, credit
    case stateWords = "state_words"
    case debitMinor = "debit_minor"
    case creditMinor = "credit_minor"
  }
  enum DecisionField: String { case time, name, decision, scope, note }
  enum HeadField: String { case sentence }
  enum RecordField: String {
    case file, record, code, entry, currency, layer, debit, credit, state, by
    case stateWords = "state_words"
    case debitMinor = "debit_minor"
    case creditMinor = "credit_minor"
  }

  /// Where a record stands.
  private enum State: String {
    case open, accepted, once

    var words: String { self == .once ? "counted once" : rawValue }
  }

  private static let countsBegin = RowTemplate<HeadField>("quarantine_counts_begin")
  private static let count = RowTemplate<CountField>("quarantine_count")
  private static let totalsBegin = TemplateBlock("quarantine_totals_begin")
  private static let total = RowTemplate<TotalField>("quarantine_total")
  private static let decisionsBegin = TemplateBlock("quarantine_decisions_begin")
  private static let decision = RowTemplate<DecisionField>("quarantine_decision")
  private static let recordsBegin = RowTemplate<HeadField>("quarantined_records_begin")
  private static let recordRow = RowTemplate<RecordField>("quarantined_record")
  private static let tableEnd = TemplateBlock("table_end")

  static func write(
    _ record: CloseRecord, to html: inout HTMLWriter, _ output: inout ReportOutput
  ) throws(ReportError) {
    let quarantine = record.quarantine
    guard !quarantine.counts.isEmpty else { return }
    writeCounts(quarantine, to: &html)
    writeTotals(quarantine, to: &html)
    writeDecisions(quarantine, to: &html)
    let shown = quarantine.records.prefix(recordsMax)
    guard !shown.isEmpty else { return }
    html.fill(recordsBegin) { _, html in html.text(listing(shown.count, quarantine)) }
    for record in shown {
      write(record, quarantine, to: &html)
      try html.flush(to: &output)
    }
    html.block(tableEnd)
  }

  private static func writeCounts(_ quarantine: CloseQuarantine, to html: inout HTMLWriter) {
    html.fill(countsBegin) { _, html in html.text(lead(quarantine)) }
    for count in quarantine.counts {
      html.fill(Self.count) { field, html in
        switch field {
        case .code: html.text(count.code.rawValue)
        case .records: html.count(count.sum.records)
        case .open: html.count(quarantine.open(count).records)
        case .accepted: html.count(quarantine.accepted(count).records)
        }
      }
    }
    html.block(tableEnd)
  }

  /// How many records are in which state.
  private static func lead(_ quarantine: CloseQuarantine) -> String {
    let (open, accepted) = (quarantine.open.records, quarantine.accepted.records)
    var text =
      "\(Wording.count(open, "record is", "records are")) open, "
      + "\(Wording.count(accepted, "is", "are")) accepted."
    let once = quarantine.countedOnce.records
    if once > 0 {
      text +=
        " \(Wording.count(once, "record repeats", "records repeat")) an entry that is counted once."
    }
    if !quarantine.isItemised {
      text += " An older version of Tieout closed this date and kept neither records nor amounts."
    }
    return text
  }

  private static func writeTotals(_ quarantine: CloseQuarantine, to html: inout HTMLWriter) {
    let sums: [(State, QuarantineSum)] = [
      (.open, quarantine.open), (.accepted, quarantine.accepted), (.once, quarantine.countedOnce),
    ]
    guard sums.contains(where: { !$0.1.totals.isEmpty }) else { return }
    html.block(totalsBegin)
    for (state, sum) in sums {
      for total in sum.sortedTotals { write(total, state, to: &html) }
    }
    html.block(tableEnd)
  }

  private static func write(
    _ total: CurrencyLayerTotals, _ state: State, to html: inout HTMLWriter
  ) {
    let digits = total.pair.currency.minorUnitDigits
    html.fill(Self.total) { field, html in
      switch field {
      case .state: html.text(state.rawValue)
      case .stateWords: html.text(state.words)
      case .currency: html.text(total.pair.currency.description)
      case .layer: html.text(total.pair.layer.code)
      case .debit: html.amount(total.totals.debitMinor, digits: digits)
      case .debitMinor: html.number(total.totals.debitMinor)
      case .credit: html.amount(total.totals.creditMinor, digits: digits)
      case .creditMinor: html.number(total.totals.creditMinor)
      }
    }
  }

  private static func writeDecisions(_ quarantine: CloseQuarantine, to html: inout HTMLWriter) {
    guard !quarantine.acceptances.isEmpty else { return }
    html.block(decisionsBegin)
    for acceptance in quarantine.acceptances {
      html.fill(decision) { field, html in
        switch field {
        case .time: html.text(acceptance.acceptedAt)
        case .name: html.text(acceptance.name)
        case .decision: html.text(acceptance.isUndo ? "taken back" : "accepted")
        case .scope: html.text(words(acceptance.scope))
        case .note: html.text(acceptance.note)
        }
      }
    }
    html.block(tableEnd)
  }

  private static func words(_ scope: QuarantineAcceptance.Scope) -> String {
    switch scope {
    case .everything: "all records of the date"
    case .code(let code): code.rawValue
    case .record(let place): "\(place.file) record \(place.record)"
    }
  }

  private static func listing(_ shown: Int, _ quarantine: CloseQuarantine) -> String {
    let all = quarantine.counts.reduce(0) { $0 + $1.sum.records }
    return shown == all
      ? "All quarantined records are listed."
      : "The first \(Wording.count(shown, "record", "records")) of "
        + "\(HTMLWriter.string { $0.count(all) }) are listed; findings.csv lists more."
  }

  private static func write(
    _ record: QuarantinedRecord, _ quarantine: CloseQuarantine, to html: inout HTMLWriter
  ) {
    let acceptance = quarantine.acceptance(of: record)
    let state: State =
      !record.code.needsAcceptance ? .once : acceptance == nil ? .open : .accepted
    let totals = record.totals.isEmpty ? [nil] : record.totals.map { Optional($0) }
    for total in totals {
      let digits = total?.pair.currency.minorUnitDigits
      html.fill(recordRow) { field, html in
        switch field {
        case .file: html.text(record.place.file)
        case .record: html.number(record.place.record)
        case .code: html.text(record.code.rawValue)
        case .entry: html.text(record.entry?.description)
        case .currency: html.text(total?.pair.currency.description)
        case .layer: html.text(total?.pair.layer.code)
        case .debit: html.amount(total?.totals.debitMinor, digits: digits)
        case .debitMinor: html.number(total?.totals.debitMinor)
        case .credit: html.amount(total?.totals.creditMinor, digits: digits)
        case .creditMinor: html.number(total?.totals.creditMinor)
        case .state: html.text(state.rawValue)
        case .stateWords: html.text(state.words)
        case .by: html.text(acceptance.map { "by \($0.name) at \($0.acceptedAt)" })
        }
      }
    }
  }
}
