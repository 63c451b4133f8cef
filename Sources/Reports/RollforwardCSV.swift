public import LedgerDomain

/// `rollforward.csv`: opening + backdated + movement = closing, key by key, on both sides.
public struct RollforwardCSV: ReportFile {
  public let name = "rollforward.csv"

  static let columns = [
    "account_code", "account_name", "currency", "layer", "opening_dr_minor", "opening_cr_minor",
    "backdated_dr_minor", "backdated_cr_minor", "movement_dr_minor", "movement_cr_minor",
    "closing_dr_minor", "closing_cr_minor", "opening_dr", "opening_cr", "backdated_dr",
    "backdated_cr", "movement_dr", "movement_cr", "closing_dr", "closing_cr",
  ]

  /// The file.
  public init() {}

  public func write(
    _ record: CloseRecord, to output: inout ReportOutput
  ) throws(ReportError) {
    try output.write(CSVText.header(Self.columns))
    for row in record.rollforward {
      var line = CSVText()
      line.text(row.key.account.description)
      line.text(record.chart[row.key.account]?.name)
      line.text(row.key.currency.description)
      line.text(row.key.layer.code)
      let columns = [row.opening, row.backdated, row.movement, row.closing]
      for totals in columns {
        line.number(totals.debitMinor)
        line.number(totals.creditMinor)
      }
      for totals in columns {
        line.decimal(totals.debitMinor, row.key.currency)
        line.decimal(totals.creditMinor, row.key.currency)
      }
      try output.write(line.row)
    }
  }
}
