public import LedgerDomain

/// `restatements.csv`: the balances of earlier dates that the close changed, and the entries behind
/// the changes.
///
/// Each key has its balances date by date (`balance`), then its entries (`entry`) in the order of
/// effective date, part and record, then the number of entries left out, if any (`more_entries`).
public struct RestatementsCSV: ReportFile {
  /// The name of the file in the report set.
  public let name = "restatements.csv"

  static let columns = [
    "row", "close_id", "business_date", "account_code", "account_name", "currency", "layer",
    "as_of_date", "dr_before_minor", "cr_before_minor", "dr_after_minor", "cr_after_minor",
    "dr_change_minor", "cr_change_minor", "dr_change", "cr_change", "journal_entry_id",
    "effective_date", "posted_at", "file", "record", "explanation",
  ]

  /// The report file.
  public init() {}

  /// Writes the content of the file.
  public func write(
    _ record: CloseRecord, to output: inout ReportOutput
  ) throws(ReportError) {
    var table = CSVWriter(columns: Self.columns)
    let entries = Dictionary(grouping: record.restatingEntries, by: \.key)
    let counts = Dictionary(
      record.restatingCounts.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    for (index, restatement) in record.restatements.enumerated() {
      add(restatement, record, to: &table)
      let isLast =
        index + 1 == record.restatements.count
        || record.restatements[index + 1].key != restatement.key
      if isLast {
        for entry in entries[restatement.key] ?? [] { add(entry, record, to: &table) }
        add(counts[restatement.key], record, to: &table)
      }
      try table.flush(to: &output)
    }
    try table.flush(to: &output, atEnd: true)
  }

  private func begin(
    _ row: String, _ key: BalanceKey, _ record: CloseRecord, _ table: inout CSVWriter
  ) {
    table.code(row)
    table.number(record.header.closeID.number)
    table.code(record.header.businessDate.description)
    table.code(key.account.description)
    table.text(record.chart[key.account]?.name)
    table.code(key.currency.description)
    table.code(key.layer.code)
  }

  private func add(
    _ change: DebitCreditTotals, of key: BalanceKey, to table: inout CSVWriter
  ) {
    table.number(change.debitMinor)
    table.number(change.creditMinor)
    table.decimal(change.debitMinor, digits: key.currency.minorUnitDigits)
    table.decimal(change.creditMinor, digits: key.currency.minorUnitDigits)
  }

  private func add(
    _ restatement: Restatement, _ record: CloseRecord, to table: inout CSVWriter
  ) {
    begin("balance", restatement.key, record, &table)
    table.code(restatement.asOfDate.description)
    table.number(restatement.before.debitMinor)
    table.number(restatement.before.creditMinor)
    table.number(restatement.after.debitMinor)
    table.number(restatement.after.creditMinor)
    add(restatement.after.subtracting(restatement.before), of: restatement.key, to: &table)
    for _ in 0..<5 { table.text(nil) }
    let replaced = record.header.replaces.map {
      "\(record.header.businessDate) was closed again, replacing close \($0)."
    }
    table.text(
      replaced
        ?? "Entries posted on \(record.header.businessDate) are effective on or before this date.")
    table.endRow()
  }

  private func add(_ entry: RestatingEntry, _ record: CloseRecord, to table: inout CSVWriter) {
    begin("entry", entry.key, record, &table)
    for _ in 0..<5 { table.text(nil) }
    add(entry.totals, of: entry.key, to: &table)
    table.text(entry.entry.description)
    table.code(entry.effectiveDate.description)
    table.code(entry.posted.description)
    table.text(entry.file)
    table.number(entry.record)
    table.text(nil)
    table.endRow()
  }

  private func add(
    _ count: RestatingCount?, _ record: CloseRecord, to table: inout CSVWriter
  ) {
    guard let count, count.count > count.kept else { return }
    begin("more_entries", count.key, record, &table)
    for _ in 0..<14 { table.text(nil) }
    table.text(
      (count.count - count.kept)
        .counted("more entry of this key is", "more entries of this key are")
        + " not listed because of the row limit. Raise restating_entries_limit to list them.")
    table.endRow()
  }
}
