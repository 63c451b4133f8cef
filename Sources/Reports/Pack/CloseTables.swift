import LedgerDomain

/// The data files of a month whose rows are read close by close.
enum CloseTables {
  static let quarantineColumns = [
    "business_date", "close_id", "code", "file", "record", "journal_entry_id", "state",
    "records", "currency", "layer", "dr_minor", "cr_minor", "dr", "cr", "accepted_by",
    "accepted_at",
    "accepted_why",
  ]
  static let inputPartsColumns = [
    "business_date", "close_id", "file", "bytes", "sha256", "records",
  ]

  /// Adds the records that a close left out: a row for each amount of each, and one for each reason whose
  /// records are not all kept.
  static func addQuarantine(
    _ close: CloseRecord, to table: inout CSVWriter, _ output: inout ReportOutput
  ) throws(ReportError) {
    for record in close.quarantine.records {
      let totals: [CurrencyLayerTotals?] = record.totals.isEmpty ? [nil] : record.totals
      for (index, total) in totals.enumerated() {
        add(record, total, isFirst: index == 0, close, to: &table)
      }
      try table.flush(to: &output)
    }
    for count in close.quarantine.counts where count.sum.records > count.kept {
      begin(close.header, count.code, to: &table)
      for _ in 0..<3 { table.text(nil) }
      table.code("not_listed")
      table.number(count.sum.records - count.kept)
      for _ in 0..<9 { table.text(nil) }
      table.endRow()
    }
  }

  private static func begin(
    _ header: CloseHeader, _ code: FindingCode, to table: inout CSVWriter
  ) {
    table.code(header.businessDate.description)
    table.number(header.closeID.number)
    table.code(code.rawValue)
  }

  private static func add(
    _ record: QuarantinedRecord, _ total: CurrencyLayerTotals?, isFirst: Bool, _ close: CloseRecord,
    to table: inout CSVWriter
  ) {
    let acceptance = close.quarantine.acceptance(of: record)
    begin(close.header, record.code, to: &table)
    table.text(record.place.file)
    table.number(record.place.record)
    table.text(record.entry?.description)
    table.code(QuarantineState(record, close.quarantine).rawValue)
    table.number(isFirst ? 1 : 0)
    table.code(total?.pair.currency.description ?? "")
    table.code(total?.pair.layer.code ?? "")
    let sides = total.map { [$0.totals.debitMinor, $0.totals.creditMinor] } ?? []
    let digits = total?.pair.currency.minorUnitDigits
    for index in 0..<2 { table.code(sides.isEmpty ? "" : String(sides[index])) }
    for index in 0..<2 {
      table.code(
        sides.isEmpty ? "" : digits.map { AmountText.decimal(sides[index], digits: $0) } ?? "")
    }
    table.text(acceptance?.name)
    table.text(acceptance?.acceptedAt)
    table.text(acceptance?.note)
    table.endRow()
  }

  /// Adds the parts that a close read.
  static func addParts(
    _ close: CloseRecord, to table: inout CSVWriter, _ output: inout ReportOutput
  ) throws(ReportError) {
    for part in close.parts {
      table.code(close.header.businessDate.description)
      table.number(close.header.closeID.number)
      table.text(part.file)
      table.number(part.bytes)
      table.text(part.sha256)
      table.number(part.records)
      table.endRow()
      try table.flush(to: &output)
    }
  }
}
