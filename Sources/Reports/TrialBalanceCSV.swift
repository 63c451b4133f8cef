public import LedgerDomain

/// `trial-balance.csv`: the balance of every key at the end of the date.
public struct TrialBalanceCSV: ReportFile {
  public let name = "trial-balance.csv"

  static let columns = [
    "account_code", "account_name", "normal_side", "currency", "layer", "dr_balance_minor",
    "cr_balance_minor", "normal_balance_minor", "dr_balance", "cr_balance", "normal_balance",
  ]

  /// The file.
  public init() {}

  public func write(
    _ record: CloseRecord, to output: inout ReportOutput
  ) throws(ReportError) {
    try output.write(CSVText.header(Self.columns))
    for row in record.rollforward {
      let account = record.chart[row.key.account]
      let normal = account.map { row.closing.normalBalanceMinor(on: $0.normalSide) }
      var line = CSVText()
      line.text(row.key.account.description)
      line.text(account?.name)
      line.text(account?.normalSide.code)
      line.text(row.key.currency.description)
      line.text(row.key.layer.code)
      line.number(row.closing.debitMinor)
      line.number(row.closing.creditMinor)
      line.number(normal)
      line.decimal(row.closing.debitMinor, row.key.currency)
      line.decimal(row.closing.creditMinor, row.key.currency)
      line.decimal(normal, row.key.currency)
      try output.write(line.row)
    }
  }
}
