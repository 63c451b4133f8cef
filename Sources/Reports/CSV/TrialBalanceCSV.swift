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
      Self.add(row.key, row.closing, record.chart[row.key.account], to: &table)
      table.endRow()
      try table.flush(to: &output)
    }
    try table.flush(to: &output, atEnd: true)
  }

  /// Adds the cells of a balance.
  static func add(
    _ key: BalanceKey, _ closing: DebitCreditTotals, _ account: Account?, to table: inout CSVWriter
  ) {
    let digits = key.currency.minorUnitDigits
    let normal = account.map { closing.normalBalanceMinor(on: $0.normalSide) }
    table.code(key.account.description)
    table.text(account?.name)
    table.text(account?.normalSide.code)
    table.code(key.currency.description)
    table.code(key.layer.code)
    table.number(closing.debitMinor)
    table.number(closing.creditMinor)
    table.number(normal)
    table.decimal(closing.debitMinor, digits: digits)
    table.decimal(closing.creditMinor, digits: digits)
    table.decimal(normal, digits: digits)
  }
}
