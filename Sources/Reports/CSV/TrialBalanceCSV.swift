public import LedgerDomain

/// `trial-balance.csv`: the balance of every key at the end of the date.
public struct TrialBalanceCSV: ReportFile {
  /// The name of the file in the report set.
  public let name = "trial-balance.csv"

  static let columns = [
    "account_code", "account_name", "normal_side", "currency", "layer", "dr_balance_minor",
    "cr_balance_minor", "normal_balance_minor", "dr_balance", "cr_balance", "normal_balance",
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
      let account = record.chart[row.key.account]
      let normal = account.map { row.closing.normalBalanceMinor(on: $0.normalSide) }
      table.code(row.key.account.description)
      table.text(account?.name)
      table.text(account?.normalSide.code)
      table.code(row.key.currency.description)
      table.code(row.key.layer.code)
      table.number(row.closing.debitMinor)
      table.number(row.closing.creditMinor)
      table.number(normal)
      table.decimal(row.closing.debitMinor, digits: digits)
      table.decimal(row.closing.creditMinor, digits: digits)
      table.decimal(normal, digits: digits)
      table.endRow()
      try table.flush(to: &output)
    }
    try table.flush(to: &output, atEnd: true)
  }
}
