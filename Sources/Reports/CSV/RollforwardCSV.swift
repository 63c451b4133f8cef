public import LedgerDomain

/// `rollforward.csv`: opening + backdated + movement = closing, key by key, on both sides.
public struct RollforwardCSV: ReportFile {
  /// The name of the file in the report set.
  public let name = "rollforward.csv"

  static let columns = [
    "account_code", "account_name", "currency", "layer", "opening_dr_minor", "opening_cr_minor",
    "backdated_dr_minor", "backdated_cr_minor", "movement_dr_minor", "movement_cr_minor",
    "closing_dr_minor", "closing_cr_minor", "opening_dr", "opening_cr", "backdated_dr",
    "backdated_cr", "movement_dr", "movement_cr", "closing_dr", "closing_cr",
  ]

  /// The report file.
  public init() {}

  /// Writes the content of the file.
  public func write(
    _ record: CloseRecord, to output: inout ReportOutput
  ) throws(ReportError) {
    var table = CSVWriter(columns: Self.columns)
    for row in record.rollforward {
      let digits = row.key.currency.minorUnitDigits
      table.code(row.key.account.description)
      table.text(record.chart[row.key.account]?.name)
      table.code(row.key.currency.description)
      table.code(row.key.layer.code)
      let columns = [row.opening, row.backdated, row.movement, row.closing]
      for totals in columns {
        table.number(totals.debitMinor)
        table.number(totals.creditMinor)
      }
      for totals in columns {
        table.decimal(totals.debitMinor, digits: digits)
        table.decimal(totals.creditMinor, digits: digits)
      }
      table.endRow()
      try table.flush(to: &output)
    }
    try table.flush(to: &output, atEnd: true)
  }
}
