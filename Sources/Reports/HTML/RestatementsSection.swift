import LedgerDomain

/// The restatements: the balances that changed, by account, currency, layer, date and side, and the
/// entries behind them.
enum RestatementsSection {
  /// The most rows of restated balances, and of entries, on the page.
  static let rowsMax = 2_000

  enum HeadField: String { case account, name, currency, layer }
  enum RowField: String {
    case date, side, before, change, after
    case beforeMinor = "before_minor"
    case changeMinor = "change_minor"
    case afterMinor = "after_minor"
  }
  enum EntriesField: String { case account, currency, layer }
  enum EntryField: String {
    case entry, effective, posted, debit, credit, file, record
    case debitMinor = "debit_minor"
    case creditMinor = "credit_minor"
  }
  enum NoteField: String { case sentence }

  private static let begin = RowTemplate<HeadField>("restatement_begin")
  private static let row = RowTemplate<RowField>("restatement")
  private static let entriesBegin = RowTemplate<EntriesField>("restating_begin")
  private static let entry = RowTemplate<EntryField>("restating_entry")
  private static let tableEnd = TemplateBlock("table_end")
  private static let note = RowTemplate<NoteField>("note")

  /// A sentence on how many balances changed, and why.
  static func lead(_ record: CloseRecord) -> String {
    let count = Wording.count(record.restatements.count, "balance", "balances")
    let header = record.header
    guard let replaced = header.replaces else {
      return
        "\(count) of earlier dates changed because entries posted on \(header.businessDate) have "
        + "earlier effective dates."
    }
    return "\(count) changed because \(header.businessDate) was closed again, replacing close "
      + "\(replaced)."
  }

  static func write(
    _ record: CloseRecord, to html: inout HTMLWriter, _ output: inout ReportOutput
  ) throws(ReportError) {
    guard !record.restatements.isEmpty else { return }
    let entries = Dictionary(grouping: record.restatingEntries, by: \.key)
    let counts = Dictionary(
      record.restatingCounts.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    var rest = record.restatements[...]
    var (written, entriesWritten) = (0, 0)
    while let key = rest.first?.key, written < rowsMax {
      let restatements = rest.prefix { $0.key == key }
      rest = rest.dropFirst(restatements.count)
      let shown = restatements.prefix(rowsMax - written)
      let listed = (entries[key] ?? []).prefix(rowsMax - entriesWritten)
      written += shown.count
      entriesWritten += listed.count
      writeHead(key, record, to: &html)
      for restatement in shown { write(restatement, to: &html) }
      write(listed, of: key, to: &html)
      html.block(tableEnd)
      let count = max(counts[key]?.count ?? 0, entries[key]?.count ?? 0)
      writeNote(count - listed.count, "entry", "entries", to: &html)
      try html.flush(to: &output)
    }
    writeNote(record.restatements.count - written, "balance", "balances", to: &html)
  }

  private static func writeHead(
    _ key: BalanceKey, _ record: CloseRecord, to html: inout HTMLWriter
  ) {
    html.fill(begin) { field, html in
      switch field {
      case .account: html.text(key.account.description)
      case .name: html.text(record.chart[key.account]?.name)
      case .currency: html.text(key.currency.description)
      case .layer: html.text(key.layer.code)
      }
    }
  }

  private static func write(_ restatement: Restatement, to html: inout HTMLWriter) {
    let (before, after) = (restatement.before, restatement.after)
    let sides = [
      ("DR", before.debitMinor, after.debitMinor), ("CR", before.creditMinor, after.creditMinor),
    ]
    let digits = restatement.key.currency.minorUnitDigits
    for (side, beforeMinor, afterMinor) in sides where beforeMinor != afterMinor {
      html.fill(row) { field, html in
        switch field {
        case .date: html.text(restatement.asOfDate.description)
        case .side: html.text(side)
        case .before: html.amount(beforeMinor, digits: digits)
        case .beforeMinor: html.number(beforeMinor)
        case .change: html.signed(afterMinor - beforeMinor, digits: digits)
        case .changeMinor: html.number(afterMinor - beforeMinor)
        case .after: html.amount(afterMinor, digits: digits)
        case .afterMinor: html.number(afterMinor)
        }
      }
    }
  }

  private static func write(
    _ entries: ArraySlice<RestatingEntry>, of key: BalanceKey, to html: inout HTMLWriter
  ) {
    guard !entries.isEmpty else { return }
    html.fill(entriesBegin) { field, html in
      switch field {
      case .account: html.text(key.account.description)
      case .currency: html.text(key.currency.description)
      case .layer: html.text(key.layer.code)
      }
    }
    let digits = key.currency.minorUnitDigits
    for entry in entries {
      html.fill(Self.entry) { field, html in
        switch field {
        case .entry: html.text(entry.entry.description)
        case .effective: html.text(entry.effectiveDate.description)
        case .posted: html.text(entry.posted.description)
        case .debit: html.amount(entry.totals.debitMinor, digits: digits)
        case .debitMinor: html.number(entry.totals.debitMinor)
        case .credit: html.amount(entry.totals.creditMinor, digits: digits)
        case .creditMinor: html.number(entry.totals.creditMinor)
        case .file: html.text(entry.file)
        case .record: html.number(entry.record)
        }
      }
    }
  }

  private static func writeNote(
    _ more: Int, _ one: String, _ many: String, to html: inout HTMLWriter
  ) {
    guard more > 0 else { return }
    html.fill(note) { _, html in
      html.text("\(Wording.count(more, "more \(one)", "more \(many)")) in restatements.csv.")
    }
  }
}
