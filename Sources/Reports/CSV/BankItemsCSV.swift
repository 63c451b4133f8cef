public import LedgerDomain

/// `bank-items.csv`: the items of the bank accounts: what was matched on the date and why, what people settled,
/// and what is outstanding.
public struct BankItemsCSV: ReportFile {
  /// The name of the file in the report set.
  public let name = "bank-items.csv"

  static let columns = [
    "bank_account", "account_code", "currency", "state", "match", "rule", "shared_reference",
    "side",
    "item", "place", "date", "amount_minor", "amount", "references", "text", "outstanding_since",
    "age_days", "ambiguous_group", "settlement", "settled_by", "settled_at", "settled_why",
  ]

  /// The report file.
  public init() {}

  /// Writes the content of the file.
  public func write(
    _ record: CloseRecord, to output: inout ReportOutput
  ) throws(ReportError) {
    var table = CSVWriter(columns: Self.columns)
    for bank in record.bankAccounts {
      let reconciliation = bank.version.reconciliation
      for (index, match) in reconciliation.matches.enumerated() {
        for item in match.items {
          Self.begin(item, reconciliation.account, of: match, number: index + 1, to: &table)
          for _ in 0..<3 { table.text(nil) }
          Self.end(match.rule == .settlement ? bank.settlement(of: item) : nil, to: &table)
          try table.flush(to: &output)
        }
      }
      for outstanding in reconciliation.outstanding {
        Self.begin(outstanding.item, reconciliation.account, of: nil, number: nil, to: &table)
        table.code(outstanding.since.description)
        table.number(outstanding.ageDays(on: record.header.businessDate))
        table.number(outstanding.ambiguousGroup)
        Self.end(nil, to: &table)
        try table.flush(to: &output)
      }
    }
    try table.flush(to: &output, atEnd: true)
  }

  private static func begin(
    _ item: BankItem, _ account: BankAccount, of match: BankMatch?, number: Int?,
    to table: inout CSVWriter
  ) {
    table.text(account.reference)
    table.code(account.account.description)
    table.code(account.currency.description)
    table.code(match.map { $0.rule == .settlement ? "settled" : "matched" } ?? "outstanding")
    table.number(number)
    table.text(match?.rule.rawValue)
    table.text(match?.reference)
    table.code(item.side.rawValue)
    table.text(item.identity)
    table.text(item.place)
    table.code(item.date.description)
    table.number(item.amountMinor)
    table.decimal(item.amountMinor, digits: account.currency.minorUnitDigits)
    table.text(BankWording.references(item))
    table.text(item.text)
  }

  private static func end(_ settlement: SettlementDecision?, to table: inout CSVWriter) {
    table.number(settlement?.number)
    table.text(settlement?.name)
    table.text(settlement?.settledAt)
    table.text(settlement?.note)
    table.endRow()
  }
}
