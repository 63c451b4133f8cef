public import LedgerDomain

/// `changes.csv`: how every balance moved since the close before, the last month end and a year ago.
public struct ChangesCSV: ReportFile {
  /// The name of the file in the report set.
  public let name = "changes.csv"

  static let columns: [String] = {
    var columns = ["account_code", "account_name", "currency", "layer", "balance_minor"]
    for basis in ChangeBasis.allCases.map(\.rawValue) {
      columns += ["\(basis)_date", "\(basis)_balance_minor", "\(basis)_change_minor"]
    }
    columns.append("balance")
    for basis in ChangeBasis.allCases.map(\.rawValue) {
      columns += ["\(basis)_balance", "\(basis)_change", "\(basis)_change_percent"]
    }
    return columns + ["review"]
  }()

  /// The report file.
  public init() {}

  /// Writes the content of the file.
  public func write(
    _ record: CloseRecord, to output: inout ReportOutput
  ) throws(ReportError) {
    var table = CSVWriter(columns: Self.columns)
    for change in BalanceChange.all(record) {
      let digits = change.key.currency.minorUnitDigits
      table.code(change.key.account.description)
      table.text(change.account?.name)
      table.code(change.key.currency.description)
      table.code(change.key.layer.code)
      table.number(change.balanceMinor)
      for (movement, earlier) in zip(change.movements, record.earlierBalances) {
        table.code(earlier.totals == nil ? "" : earlier.date.description)
        table.number(movement.beforeMinor)
        table.code(String(movement.changeMinor))
      }
      table.decimal(change.balanceMinor, digits: digits)
      for movement in change.movements {
        table.decimal(movement.beforeMinor, digits: digits)
        table.code(digits.map { AmountText.decimal(movement.changeMinor, digits: $0) } ?? "")
        table.code(movement.percentTenths.map { AmountText.decimal($0, digits: 1) } ?? "")
      }
      table.code(Self.review(change, record))
      table.endRow()
      try table.flush(to: &output)
    }
    try table.flush(to: &output, atEnd: true)
  }

  /// The dates since which it moved enough to be looked at: `previous_close month_end`.
  static func review(_ change: BalanceChange, _ record: CloseRecord) -> String {
    zip(change.movements, record.earlierBalances).filter { $0.0.needsReview }
      .map { $0.1.basis.rawValue }.joined(separator: " ")
  }
}
